import { pace } from './pacing.js';

const start = Date.parse('2026-05-01T18:00:00Z');
const at = (milliseconds: number): Date => new Date(start + milliseconds);

/** Asks every so many milliseconds with everybody waiting. @returns the moments of all admissions. */
function admissions(perMinute: number, everyMs: number, forMs: number): number[] {
  const moments: number[] = [];
  let pacedUntil = new Date(0);
  for (let now = 0; now <= forMs; now += everyMs) {
    const paced = pace(pacedUntil, at(now), perMinute, 1_000_000);
    pacedUntil = paced.pacedUntil;
    for (let each = 0; each < paced.granted; each += 1) moments.push(now);
  }
  return moments;
}

test.each([1, 7, 60, 61, 100, 600, 6000])(
  'never more than %i in any minute, and hardly less',
  (perMinute) => {
    const moments = admissions(perMinute, 90, 300_000);
    moments.forEach((moment, index) => {
      const earlier = moments[index - perMinute];
      if (earlier !== undefined) expect(moment - earlier).toBeGreaterThanOrEqual(60_000);
    });
    expect(moments.length).toBeGreaterThanOrEqual(Math.floor(perMinute * 5 * 0.85));
  },
);

test('spread evenly: the pace of one each second is one each second, also after a quiet time', () => {
  expect(pace(new Date(0), at(0), 60, 10)).toEqual({ granted: 1, pacedUntil: at(1000) });
  expect(pace(at(1000), at(999), 60, 10).granted).toBe(0);
  expect(pace(at(1000), at(1000), 60, 10).granted).toBe(1);
  expect(pace(at(1000), at(90_000), 60, 10).granted).toBe(1);
});

test('no more than are wanted', () => {
  expect(pace(new Date(0), at(0), 6000, 3).granted).toBe(3);
  expect(pace(at(5), at(0), 6000, 3)).toEqual({ granted: 0, pacedUntil: at(5) });
});
