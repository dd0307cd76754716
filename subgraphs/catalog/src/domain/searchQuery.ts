/** The most words that a search looks for. */
const MAXIMUM_WORDS = 10;

/**
 * What people typed, as a Postgres tsquery: every word must occur, the last one may be unfinished. Nothing of its syntax
 * gets through.
 * @returns null when there is no word in it.
 */
export function searchQuery(text: string): string | null {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  if (words.length === 0) return null;
  return words
    .slice(0, MAXIMUM_WORDS)
    .map((word, index, all) => (index === all.length - 1 ? `${word}:*` : word))
    .join(' & ');
}
