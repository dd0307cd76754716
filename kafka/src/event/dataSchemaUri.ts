/** The `dataschema` of an event: a URN that names its type and the version of its data. */
export function dataSchemaUri(type: string, version: number): string {
  return `urn:foyer:event:${type}:${version}`;
}

/** The version that a `dataschema` names; null when it is none of ours. */
export function dataSchemaVersion(uri: string): number | null {
  const match = /^urn:foyer:event:[^:]+:([1-9][0-9]{0,8})$/.exec(uri);
  return match === null ? null : Number(match[1]);
}
