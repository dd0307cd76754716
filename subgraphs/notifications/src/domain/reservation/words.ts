import { GERMAN } from './words/german.js';
import { ENGLISH } from './words/english.js';
import { VIETNAMESE } from './words/vietnamese.js';
import type { CancellationReason } from './reservation.js';

/** What is said about reservations in one language, beside the messages' texts. */
export interface ReservationWords {
  readonly people: (count: number) => string;
  /** Name of an entry in a calendar. */
  readonly entry: (restaurantName: string, party: string) => string;
  readonly codeIs: (code: string) => string;
  /** Why it was cancelled, to its guest. */
  readonly why: Readonly<Record<CancellationReason, string>>;
  /** Why it was cancelled, to the restaurant. */
  readonly whyForStaff: Readonly<Record<CancellationReason, string>>;
  /** What is agreed where there is no deposit. */
  readonly pleaseCancel: string;
  /** What is agreed where there is one. */
  readonly policy: (deposit: string, freeUntil: string, thenPercent: number) => string;
  readonly depositBack: (deposit: string) => string;
  /** @param percent what share is kept, above 0. */
  readonly depositKept: (deposit: string, percent: number) => string;
  /** A guest who left no name. */
  readonly nobody: string;
}

const WORDS: ReadonlyMap<string, ReservationWords> = new Map([
  ['en', ENGLISH],
  ['de', GERMAN],
  ['vi', VIETNAMESE],
]);

/** The words of a language; English ones where there are none. @param language two letters. */
export function wordsIn(language: string): ReservationWords {
  return WORDS.get(language) ?? ENGLISH;
}
