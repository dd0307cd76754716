import { Line } from './line.js';
import { TestLog } from './testing/testLog.js';

function lineOf(log: TestLog, drawn: readonly number[] = []): Line {
  const line = new Line();
  for (const row of log.rows) line.apply(row, row.kind === 'DRAWN' ? drawn : []);
  return line;
}

test('nobody has a position before the draw; then the early have the drawn one, and others stand behind', () => {
  const log = new TestLog().configured(5).joined(3);
  expect([2, 3, 4].map((seq) => lineOf(log).standing(seq))).toEqual(
    Array(3).fill({ status: 'QUEUED', position: null, endedReason: null }),
  );
  log.drawn().joined(2);
  const line = lineOf(log, [4, 2, 3]);
  expect([4, 2, 3, 7, 8].map((seq) => line.positionOf(seq))).toEqual([1, 2, 3, 4, 5]);
  expect(line).toMatchObject({ seq: 8, saleState: 'AVAILABLE', maximumInCheckout: 5 });
});

test('a position never grows, whatever happens to others', () => {
  const log = new TestLog().configured(50).drawn().joined(300);
  const line = lineOf(log);
  const waiting = Array.from({ length: 300 }, (_, index) => index + 4);
  const before = new Map(waiting.map((seq) => [seq, line.positionOf(seq) ?? 0]));
  let random = 3;
  for (let step = 0; step < 280; step += 1) {
    random = (random * 1103515245 + 12345) % 2147483648;
    const [seq = 0] = waiting.splice(random % waiting.length, 1);
    const kind = (['LEFT', 'EXPIRED', 'ENDED', 'ADMITTED'] as const)[step % 4] ?? 'LEFT';
    log.add(kind, seq, kind === 'ENDED' ? { detail: { reason: 'SOLD_OUT' } } : {});
    log.joined();
    for (const row of log.rows.slice(-2)) line.apply(row);
    const positions = waiting.map((each) => line.positionOf(each) ?? 0);
    expect(positions).toEqual(waiting.map((_, index) => index + 1));
    expect(waiting.filter((each, index) => (positions[index] ?? 0) > (before.get(each) ?? Infinity))).toEqual(
      [],
    );
    waiting.forEach((each, index) => before.set(each, positions[index] ?? 0));
    expect(line.positionOf(seq)).toBeNull();
    waiting.push(log.rows.length);
  }
});

test('what became of each, with its reason', () => {
  const log = new TestLog().configured(5).drawn().joined(5);
  log
    .add('ADMITTED', 4)
    .add('COMPLETED', 4)
    .add('LEFT', 5)
    .add('ADMITTED', 6)
    .add('EXPIRED', 6)
    .add('FREED', 6);
  log.add('ENDED', 7, { detail: { reason: 'EVENT_CANCELLED' } });
  const line = lineOf(log);
  expect([4, 5, 6, 7, 8].map((seq) => line.standing(seq)?.status)).toEqual([
    'COMPLETED',
    'LEFT',
    'EXPIRED',
    'ENDED',
    'QUEUED',
  ]);
  expect(line.standing(7)?.endedReason).toBe('EVENT_CANCELLED');
  expect(line.positionOf(8)).toBe(1);
  expect(line.standing(1)).toBeNull();
  expect(line.standing(99)).toBeNull();
});

test('figures', () => {
  const log = new TestLog().configured(5).drawn().joined(6);
  log.add('ADMITTED', 4).add('ADMITTED', 5).add('ADMITTED', 6).wait(60_000);
  log.add('COMPLETED', 4).add('EXPIRED', 5, { place: -1 }).add('LEFT', 6).add('LEFT', 7);
  const { figures } = lineOf(log);
  expect(figures).toMatchObject({
    joined: 6,
    waiting: 2,
    admitted: 3,
    completed: 1,
    dropped: 3,
    inCheckout: 1,
    meanCheckoutMs: 60_000,
  });
  expect(figures.admissionsPerMinute(new Date('2026-05-01T10:02:00Z'))).toBeCloseTo(0.6);
  expect(figures.admissionsPerMinute(new Date('2026-05-01T10:07:00Z'))).toBe(0);
});

test('a row that does not follow is a defect', () => {
  const { rows } = new TestLog().configured(5).joined(2);
  const line = new Line();
  expect(() => line.apply(rows[1] as (typeof rows)[number])).toThrow('does not follow');
});
