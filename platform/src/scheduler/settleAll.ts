/**
 * `Promise.all` for work that must not go on behind its caller's back: when one rejects, the others are waited for before
 * it is thrown. Whoever does it all again then finds nothing of the first time still under way.
 * @returns the results, in the same order. @throws what the first of the list that failed threw.
 */
export async function settleAll<Result>(work: Iterable<Promise<Result>>): Promise<Result[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
