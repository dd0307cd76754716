/** A rebuild can't go on; the projection is as it was. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError';
}

/** What is said of events that an archive does not have. */
export function archiveLacks(owner: string, example: string, aggregates: number): RebuildError {
  return new RebuildError(
    `The archive of ${owner} lacks events of ${aggregates} aggregates, ${example} among them: they were published before ` +
      'there was an archive. To rebuild from what there is, and lose what those events told: --accept-gaps',
  );
}
