import { freeCode, freeRanges, multirangeText, wantedRanges } from './freeCodes.js';

const at = '2026-12-01T12:30:00.000Z';
const code = (minutes: number, partySize: number) =>
  freeCode(new Date(Date.parse(at) + minutes * 60_000), partySize);

describe('the copy of what is free', () => {
  it('melts neighbouring party sizes, and areas, into one range', () => {
    const ranges = freeRanges([
      { startsAt: at, free: [{ partySizes: [4, 1, 2] }, { partySizes: [2, 3, 6] }] },
      { startsAt: '2026-12-01T12:00:00.000Z', free: [{ partySizes: [2] }] },
    ]);
    expect(ranges).toEqual([
      { from: code(-30, 2), until: code(-30, 3) },
      { from: code(0, 1), until: code(0, 5) },
      { from: code(0, 6), until: code(0, 7) },
    ]);
  });

  it('is asked for one party size at every beginning around a time', () => {
    expect(wantedRanges(new Date(at), 4, 0)).toEqual([{ from: code(0, 4), until: code(0, 5) }]);
    expect(wantedRanges(new Date(at), 4, 12).map(({ from }) => from)).toEqual(
      [-10, -5, 0, 5, 10].map((minutes) => code(minutes, 4)),
    );
  });

  it('never takes one beginning for another', () => {
    expect(code(0, 63)).toBeLessThan(code(5, 1));
    expect(freeRanges([{ startsAt: at, free: [{ partySizes: [64, 200] }] }])).toEqual([]);
  });

  it('fits what Postgres keeps it in, for centuries', () => {
    expect(freeCode(new Date('2288-12-01T23:55:00Z'), 63)).toBeLessThan(2 ** 31);
    expect(multirangeText([{ from: 1, until: 2 }])).toBe('{[1,2)}');
    expect(multirangeText([])).toBe('{}');
  });
});
