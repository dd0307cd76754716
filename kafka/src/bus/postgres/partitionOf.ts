/**
 * The partition of a key: FNV-1a (32 bits) over its UTF-16 code units, modulo the number of partitions.
 * Never to be changed for a topic that has events: a key that moves loses its order.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
