import { checkWaitroomLog } from './checkWaitroomLog.js';
import { TestLog } from './testing/testLog.js';

const faultsOf = (log: TestLog): readonly string[] => checkWaitroomLog(log.rows);
const open = (maximum = 2, perMinute = 60_000): TestLog =>
  new TestLog().configured(maximum, perMinute).drawn();

test('a log in which all holds', () => {
  const log = new TestLog().configured(2).joined(6).add('LEFT', 4);
  const [first = 0, second = 0, third = 0, ...others] = log.drawOrder();
  log.drawn().joined();
  const last = log.rows.length;
  log
    .add('ADMITTED', first)
    .add('ADMITTED', second)
    .add('SPENT', first)
    .add('COMPLETED', first)
    .add('LEFT', second);
  log
    .add('FREED', second)
    .configured(1)
    .add('ADMITTED', third)
    .add('PAUSED')
    .add('RESUMED')
    .add('EXPIRED', third, { place: -1 });
  for (const seq of [...others, last]) log.add('ENDED', seq, { detail: { reason: 'SOLD_OUT' } });
  expect(faultsOf(log)).toEqual([]);
});

test.each<[string, TestLog]>([
  ['is row', new TestLog().configured(2).add('PAUSED', null, { seq: 3 })],
  ['goes back in time', open().wait(-1).joined()],
  ['has a live place already', open().joined().add('JOINED', 5, { userId: 'user 4' })],
  ['is about somebody else', open().add('JOINED', 3)],
  ['before the draw', new TestLog().configured(2).joined().add('ADMITTED', 2)],
  ['before the draw', new TestLog().configured(2).joined().add('EXPIRED', 2)],
  ['drawn twice', open().drawn()],
  ['out of turn', open().joined(2).add('ADMITTED', 5)],
  ['while paused', open().joined().add('PAUSED').add('ADMITTED', 4)],
  [
    'while HELD',
    open()
      .joined()
      .add('SALE_STATE', null, { detail: { state: 'HELD' } })
      .add('ADMITTED', 4),
  ],
  ['3 in checkout, 2 allowed', open().joined(3).add('ADMITTED', 4).add('ADMITTED', 5).add('ADMITTED', 6)],
  ['1 in checkout, 0 allowed', open(0).joined().add('ADMITTED', 4)],
  ['2 in checkout, 1 allowed', open().joined(2).add('ADMITTED', 4).configured(1).add('ADMITTED', 5)],
  [
    'more than 2 in a minute',
    open(9, 2).joined(3).add('ADMITTED', 4).add('ADMITTED', 5).wait(59_999).add('ADMITTED', 6),
  ],
  ['the entry has -1 places', open().joined().add('ADMITTED', 4).add('COMPLETED', 4).add('FREED', 4)],
  ['from COMPLETED', open().joined().add('ADMITTED', 4).add('COMPLETED', 4).add('COMPLETED', 4)],
  ['from LEFT', open().joined().add('LEFT', 4).add('ADMITTED', 4)],
  ['of an unknown entry', open().joined().add('LEFT', 9)],
])('sees what is wrong: %s', (fault, log) => {
  expect(faultsOf(log).join('\n')).toContain(fault);
});

test('a minute later the pace allows the next', () => {
  const log = open(9, 2).joined(3).add('ADMITTED', 4).add('ADMITTED', 5).wait(60_000).add('ADMITTED', 6);
  expect(faultsOf(log)).toEqual([]);
});

test('sees a draw that its seed and list do not give', () => {
  const log = new TestLog().configured(2).joined(20);
  const order = log.drawOrder();
  log.drawn();
  expect(faultsOf(log.add('ADMITTED', order[1] ?? 0)).join()).toContain('out of turn');
  const other = new TestLog().configured(2).joined(3).drawn();
  other.rows[4] = {
    ...(other.rows[4] as (typeof other.rows)[number]),
    detail: { seed: '00', count: 4, entriesHash: 'ff' },
  };
  expect(faultsOf(other).join()).toMatch(/not that of the entries.*3 took part, not 4/);
});
