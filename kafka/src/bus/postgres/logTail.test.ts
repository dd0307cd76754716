import type { LogEntry } from './appendToLog.js';
import { createLogTail } from './logTail.js';

const entry = (partitionId: number, name: string): LogEntry => ({
  partitionId,
  eventId: name,
  key: name,
  text: JSON.stringify({ name }),
});

describe('the tail of the log', () => {
  test('gives what was appended last, as objects of the reader', () => {
    const tail = createLogTail();
    tail.add(
      [entry(1, 'a'), entry(2, 'b'), entry(1, 'c')],
      [
        { partitionId: 1, first: 10, end: 12 },
        { partitionId: 2, first: 5, end: 6 },
      ],
    );
    tail.add([entry(1, 'd')], [{ partitionId: 1, first: 12, end: 13 }]);
    expect(tail.read(1, 11, 10)).toEqual([
      { offset: 11, key: 'c', value: { name: 'c' } },
      { offset: 12, key: 'd', value: { name: 'd' } },
    ]);
    expect(tail.read(1, 10, 1)?.map(({ key }) => key)).toEqual(['a']);
    expect(tail.read(1, 10, 1)?.[0]?.value).not.toBe(tail.read(1, 10, 1)?.[0]?.value);
  });

  test('has nothing before or after, and nothing of other partitions', () => {
    const tail = createLogTail();
    tail.add([entry(1, 'a')], [{ partitionId: 1, first: 10, end: 11 }]);
    expect([tail.read(1, 9, 10), tail.read(1, 11, 10), tail.read(2, 10, 10)]).toEqual([null, null, null]);
  });

  test('begins anew behind a gap, and leaves out what comes late or was there in part', () => {
    const tail = createLogTail();
    tail.add([entry(1, 'a')], [{ partitionId: 1, first: 10, end: 11 }]);
    tail.add([entry(1, 'c')], [{ partitionId: 1, first: 12, end: 13 }]);
    tail.add([entry(1, 'b')], [{ partitionId: 1, first: 11, end: 12 }]);
    tail.add([entry(1, 'd'), entry(1, 'e')], [{ partitionId: 1, first: 13, end: 14 }]);
    expect(
      [10, 11, 12, 13].map((position) => tail.read(1, position, 10)?.map(({ key }) => key) ?? null),
    ).toEqual([null, null, ['c'], null]);
  });

  test('keeps fifty', () => {
    const tail = createLogTail();
    for (let position = 0; position < 150; position += 1) {
      tail.add([entry(1, `${position}`)], [{ partitionId: 1, first: position, end: position + 1 }]);
    }
    expect(tail.read(1, 99, 10)).toBeNull();
    expect(tail.read(1, 100, 2)?.map(({ key }) => key)).toEqual(['100', '101']);
  });
});
