import type { BuiltInText } from './messageDefinition.js';
import { MESSAGES, type MessageName } from './messages.js';
import { GERMAN_MESSAGES } from './translations/german.js';
import { VIETNAMESE_MESSAGES } from './translations/vietnamese.js';

/** The language in which every message has a text. */
export const FALLBACK_LANGUAGE = 'en';

const TRANSLATIONS: Readonly<Record<string, Readonly<Partial<Record<MessageName, BuiltInText>>>>> = {
  de: GERMAN_MESSAGES,
  vi: VIETNAMESE_MESSAGES,
};

/** A message's built-in texts by language, English first. */
export function builtInTexts(name: MessageName): ReadonlyMap<string, BuiltInText> {
  const texts = new Map<string, BuiltInText>([[FALLBACK_LANGUAGE, MESSAGES[name]]]);
  for (const [language, messages] of Object.entries(TRANSLATIONS)) {
    const text = messages[name];
    if (text) texts.set(language, text);
  }
  return texts;
}

/** The two letters of a language tag by which texts are kept: `pt-BR` reads what is written in `pt`. */
export function textLanguage(tag: string): string {
  return (tag.split('-')[0] ?? '').toLowerCase();
}
