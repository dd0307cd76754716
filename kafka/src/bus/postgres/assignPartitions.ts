/**
 * The partitions that a member of a group should have: dealt out in turn to the members in order of their
 * ids. Every member computes the same from the same list, so nobody has to coordinate.
 *
 * @returns none when the member is not on the list.
 */
export function assignPartitions(
  partitionIds: readonly number[],
  memberIds: readonly number[],
  member: number,
): readonly number[] {
  const members = [...memberIds].sort((a, b) => a - b);
  const place = members.indexOf(member);
  return partitionIds.filter((_, index) => index % members.length === place);
}
