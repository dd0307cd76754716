/**
 * Counts what comes within a second.
 * @param now milliseconds of a clock that never goes back.
 * @returns counts one more; false when that is more than the second may have.
 */
export function createRateMeter(perSecond: number, now: () => number): () => boolean {
  let began = now();
  let count = 0;
  return () => {
    if (now() - began >= 1000) {
      began = now();
      count = 0;
    }
    count += 1;
    return count <= perSecond;
  };
}
