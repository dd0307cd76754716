/**
 * A code as it is stored and compared, from a text that somebody read off and typed: capital letters, without the spaces
 * and hyphens of groups, letters of other widths (NFKC) as the plain ones.
 */
export function normalCode(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Dash}]/gu, '')
    .toUpperCase();
}
