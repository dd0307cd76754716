import { chordOf, distanceOf } from './earth.js';

describe('distances', () => {
  it.each([0, 1, 20_000, 500_000, 20_000_000])('of %d metres come back from their chord', (distance) => {
    expect(distanceOf(chordOf(distance))).toBeCloseTo(distance, 3);
  });

  it('end on the other side of the Earth', () => {
    expect(chordOf(30_000_000)).toBeCloseTo(2 * 6_371_008.8, 3);
  });
});
