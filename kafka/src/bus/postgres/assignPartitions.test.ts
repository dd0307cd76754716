import { assignPartitions } from './assignPartitions.js';

describe('assignPartitions', () => {
  const partitions = [3, 5, 7, 9, 11];

  test('deals every partition to exactly one member, whatever the order of the list', () => {
    expect(assignPartitions(partitions, [20, 10], 10)).toEqual([3, 7, 11]);
    expect(assignPartitions(partitions, [10, 20], 20)).toEqual([5, 9]);
  });

  test('gives nothing to who is not on the list', () => {
    expect(assignPartitions(partitions, [10], 20)).toEqual([]);
    expect(assignPartitions(partitions, [], 20)).toEqual([]);
  });
});
