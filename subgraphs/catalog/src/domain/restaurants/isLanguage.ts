/** Whether a text is a language tag (BCP 47): `en`, `pt-BR`. */
export function isLanguage(tag: string): boolean {
  if (tag.length > 35) return false;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
