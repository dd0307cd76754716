/** Mean radius in metres; that of `earth_position` in the database. */
const EARTH_RADIUS = 6_371_008.8;

/** The straight line, through the Earth, between points so far apart along the ground; both in metres. */
export function chordOf(distance: number): number {
  return 2 * EARTH_RADIUS * Math.sin(Math.min(distance / (2 * EARTH_RADIUS), Math.PI / 2));
}

/** How far apart along the ground points are that a straight line of this length joins; both in metres. */
export function distanceOf(chord: number): number {
  return 2 * EARTH_RADIUS * Math.asin(Math.min(chord / (2 * EARTH_RADIUS), 1));
}
