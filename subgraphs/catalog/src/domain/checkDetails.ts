import { normalText, type InputCheck } from '@foyer/platform/domain';
import type { EventDetails } from './event.js';
import { isTimeZone } from './isTimeZone.js';

const MAXIMUM_CATEGORIES = 20;

/** Notes every wrong field of what an event is. */
export function checkDetails(check: InputCheck, details: EventDetails, now: Date): void {
  const { name, description, venue, startsAt, endsAt, categories } = details;
  check
    .line(name, 'input.name', 200)
    .optionalText(description, 'input.description', 10_000)
    .line(venue.name, 'input.venue.name', 200)
    .line(venue.address, 'input.venue.address', 300)
    .line(venue.city, 'input.venue.city', 100)
    .require(
      isTimeZone(venue.timeZone),
      'input.venue.timeZone',
      'UNKNOWN_TIME_ZONE',
      'Use an IANA time zone, such as Asia/Ho_Chi_Minh.',
    )
    .require(startsAt > now, 'input.startsAt', 'PAST', 'Use a time in the future.')
    .require(endsAt > startsAt, 'input.endsAt', 'NOT_AFTER_START', 'Use a time after the beginning.')
    .require(
      categories.length <= MAXIMUM_CATEGORIES,
      'input.categories',
      'TOO_MANY',
      `Use at most ${MAXIMUM_CATEGORIES} categories.`,
    );
  categories.forEach((category, index) => check.line(category, `input.categories.${index}`, 50));
}

/** Categories as they are kept: lower case, trimmed, each once. */
export function normalizeCategories(categories: readonly string[]): readonly string[] {
  return [...new Set(categories.map((category) => normalText(category).toLowerCase()))];
}
