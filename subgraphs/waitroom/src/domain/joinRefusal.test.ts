import { testQueue } from './testing/testQueue.js';
import { joinRefusal } from './joinRefusal.js';
import type { Queue } from './queue.js';

const HOUR = 3_600_000;
const codeOf = (changes: Partial<Queue>, at: string, stays = false): string | undefined =>
  joinRefusal(testQueue(changes), new Date(`2026-05-01T${at}Z`), HOUR, stays)?.refusal.code;

test('a line opens some time before the sale, or when an operator opens it', () => {
  expect(codeOf({}, '08:59:59')).toBe('NOT_OPEN_YET');
  expect(codeOf({}, '09:00:00')).toBeUndefined();
  expect(codeOf({ openedAt: new Date('2026-05-01T07:00:00Z') }, '08:00:00')).toBeUndefined();
  expect(codeOf({ openedAt: new Date('2026-05-01T12:00:00Z') }, '09:30:00')).toBeUndefined();
  expect(joinRefusal(testQueue(), new Date('2026-05-01T08:00:00Z'), HOUR, false)?.refusal).toMatchObject({
    opensAt: new Date('2026-05-01T09:00:00Z'),
    options: [],
  });
});

test('when it is over', () => {
  expect(codeOf({}, '20:00:00')).toBe('SALE_ENDED');
  expect(codeOf({ cancelled: true }, '12:00:00')).toBe('EVENT_CANCELLED');
  expect(codeOf({ published: false }, '12:00:00')).toBe('NOT_OPEN_YET');
});

test('when everything is sold only those can join who stay for returns', () => {
  expect(codeOf({ saleState: 'SOLD_OUT' }, '12:00:00')).toBe('SOLD_OUT');
  expect(codeOf({ saleState: 'SOLD_OUT' }, '12:00:00', true)).toBeUndefined();
  expect(codeOf({ saleState: 'HELD' }, '12:00:00')).toBeUndefined();
});
