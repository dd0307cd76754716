import { isCurrency, type InputCheck } from '@foyer/platform/domain';
import { isTimeZone } from '../isTimeZone.js';
import { STEP_MINUTES } from './checkHours.js';
import { isLanguage } from './isLanguage.js';
import type { RestaurantDetails, Seating } from './restaurant.js';

/** The largest party that can be booked. */
export const MAXIMUM_PARTY = 60;
const MAXIMUM_CUISINES = 10;
/** In minor units: so that no sum of deposits leaves the safe integers. */
export const MAXIMUM_PRICE = 1_000_000_000_000;

/** Notes every wrong field of what a restaurant is and how it takes reservations. */
export function checkRestaurant(check: InputCheck, details: RestaurantDetails): void {
  const { location, cuisines, cancellation } = details;
  check
    .line(details.name, 'input.name', 200)
    .optionalText(details.description, 'input.description', 10_000)
    .require(
      isLanguage(details.language),
      'input.language',
      'NOT_A_LANGUAGE',
      'Write a language tag: en, vi, pt-BR.',
    )
    .text(details.address, 'input.address', 300)
    .text(details.city, 'input.city', 100)
    .text(details.zipCode, 'input.zipCode', 20)
    .require(
      Math.abs(location.latitude) <= 90,
      'input.location.latitude',
      'OUT_OF_RANGE',
      'Use degrees from -90 to 90.',
    )
    .require(
      Math.abs(location.longitude) <= 180,
      'input.location.longitude',
      'OUT_OF_RANGE',
      'Use degrees from -180 to 180.',
    )
    .require(
      isTimeZone(details.timeZone),
      'input.timeZone',
      'UNKNOWN_TIME_ZONE',
      'Use an IANA time zone, such as Asia/Ho_Chi_Minh.',
    )
    .require(
      cuisines.length <= MAXIMUM_CUISINES,
      'input.cuisines',
      'TOO_MANY',
      `Use at most ${MAXIMUM_CUISINES} cuisines.`,
    )
    .integer(details.priceRange, 'input.priceRange', 1, 4)
    .require(
      isCurrency(details.currency),
      'input.currency',
      'UNKNOWN_CURRENCY',
      'Use the ISO 4217 code of a currency in use.',
    )
    .integer(details.deposit, 'input.deposit', 0, MAXIMUM_PRICE)
    .integer(cancellation.freeUntilHours, 'input.cancellation.freeUntilHours', 0, 24 * 60)
    .integer(cancellation.thenPercent, 'input.cancellation.thenPercent', 0, 100)
    .integer(details.limitPerPersonAndDay, 'input.limitPerPersonAndDay', 1, 20);
  cuisines.forEach((cuisine, index) => check.text(cuisine, `input.cuisines.${index}`, 50));
  checkSeating(check, details.seating);
}

function checkSeating(check: InputCheck, seating: Seating): void {
  const { durations, minimumParty, maximumParty, horizonDays, noticeMinutes } = seating;
  check
    .integer(minimumParty, 'input.seating.minimumParty', 1, MAXIMUM_PARTY)
    .integer(maximumParty, 'input.seating.maximumParty', 1, MAXIMUM_PARTY)
    .require(
      minimumParty <= maximumParty,
      'input.seating.maximumParty',
      'BELOW_MINIMUM',
      'Use at least the smallest party.',
    )
    .integer(horizonDays, 'input.seating.horizonDays', 0, 365)
    .integer(noticeMinutes, 'input.seating.noticeMinutes', 0, 60 * 24 * 30)
    .require(
      durations.length >= 1 && durations.length <= MAXIMUM_PARTY,
      'input.seating.durations',
      'COUNT',
      `Use 1 to ${MAXIMUM_PARTY} entries.`,
    )
    .require(
      (durations.at(-1)?.upToPartySize ?? 0) >= maximumParty,
      'input.seating.durations',
      'NOT_COVERED',
      'The last entry must cover the largest party.',
    );
  durations.forEach(({ upToPartySize, minutes }, index) => {
    const path = `input.seating.durations.${index}`;
    check
      .integer(upToPartySize, `${path}.upToPartySize`, 1, MAXIMUM_PARTY)
      .require(
        upToPartySize > (durations[index - 1]?.upToPartySize ?? 0),
        `${path}.upToPartySize`,
        'NOT_ASCENDING',
        'Each entry must reach further than the one before.',
      )
      .integer(minutes, `${path}.minutes`, 15, 720)
      .require(
        minutes % STEP_MINUTES === 0,
        `${path}.minutes`,
        'NOT_A_STEP',
        `Use a multiple of ${STEP_MINUTES} minutes.`,
      );
  });
}
