/**
 * How long to wait before another attempt: doubling from `first`, never past `longest`, in milliseconds.
 * @param attempts failed ones so far, at least 1.
 */
export function backOff(attempts: number, first = 1000, longest = 60 * 60_000): number {
  return Math.min(longest, first * 2 ** Math.min(attempts - 1, 40));
}
