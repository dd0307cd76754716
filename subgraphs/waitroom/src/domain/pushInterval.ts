/**
 * The time between two looks at a waiting person's position, in milliseconds: what changes fast near the front is worth
 * telling often, far back it is not. @param position null before the draw.
 */
export function pushInterval(position: number | null): number {
  if (position === null) return 10_000;
  if (position <= 20) return 500;
  if (position <= 200) return 2_000;
  if (position <= 2_000) return 10_000;
  return 30_000;
}
