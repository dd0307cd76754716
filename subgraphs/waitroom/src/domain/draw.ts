import { createHash } from 'node:crypto';

/**
 * The key by which the early are drawn: SHA-256 over the seed's 32 bytes followed by the entry id's 36 characters in
 * ASCII, lower case. Smaller keys come first.
 */
export function drawKey(seed: Buffer, entryId: string): Buffer {
  return createHash('sha256').update(seed).update(entryId.toLowerCase()).digest();
}

/**
 * The order of the early, reproducible by anybody who has the seed and the list of entries.
 * @returns the same ids in the drawn order.
 */
export function drawOrder(seed: Buffer, entryIds: readonly string[]): readonly string[] {
  return entryIds
    .map((id) => ({ id, key: drawKey(seed, id) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ id }) => id);
}

/** What is published before anybody joins: SHA-256 of the seed's bytes. */
export function seedHash(seed: Buffer): Buffer {
  return createHash('sha256').update(seed).digest();
}

/** What is published at the draw: SHA-256 of the entry ids in ascending order, one a line, without a last line break. */
export function entriesHash(entryIds: readonly string[]): Buffer {
  const list = entryIds.map((id) => id.toLowerCase()).sort();
  return createHash('sha256').update(list.join('\n')).digest();
}
