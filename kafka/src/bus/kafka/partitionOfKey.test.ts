import { partitionOfKey } from './partitionOfKey.js';

/** From org.apache.kafka.common.utils.UtilsTest.testMurmur2. */
const HASHES: readonly (readonly [string, number])[] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
];

test.each(HASHES)('%s goes where Java puts it', (key, hash) => {
  for (const partitions of [1, 7, 8, 1000]) {
    expect(partitionOfKey(key, partitions)).toBe((hash & 0x7fffffff) % partitions);
  }
});
