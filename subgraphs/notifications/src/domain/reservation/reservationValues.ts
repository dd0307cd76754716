import { formatMoney } from '@foyer/platform/domain';
import type { FrontEndLinks } from '../createFrontEndLinks.js';
import { formatAtVenue } from '../formatInstant.js';
import type { DepositFate } from './depositFate.js';
import type { Reservation, Restaurant } from './reservation.js';
import type { Told } from './told.js';
import { wordsIn } from './words.js';

/** When a table is and for how many, as its guest reads it. */
export function tableValues(
  { startsAt, partySize }: Pick<Told, 'startsAt' | 'partySize'>,
  restaurant: Restaurant,
  language: string,
) {
  return {
    restaurantName: restaurant.name,
    startsAt: formatAtVenue(new Date(startsAt), restaurant.timeZone, language),
    party: wordsIn(language).people(partySize),
  };
}

/** Everything of a reservation, as its guest reads it, and where it can be changed. */
export function bookedValues(
  reservation: Reservation,
  restaurant: Restaurant,
  links: FrontEndLinks,
  language: string,
) {
  const { reservationId } = reservation;
  return {
    reservationLink: links.reservation(reservationId),
    changeLink: links.changeReservation(reservationId),
    cancelLink: links.cancelReservation(reservationId),
    ...tableValues(reservation, restaurant, language),
    areaName: areaName(reservation.areaId, restaurant),
    address: addressOf(restaurant),
    code: reservation.code,
    terms: termsOf(reservation, restaurant, language),
  };
}

/** Street and city in one line. */
export function addressOf({ address, zipCode, city }: Restaurant): string {
  return `${address}, ${`${zipCode} ${city}`.trim()}`;
}

/** The name of an area; the restaurant's own where the area is gone. */
export function areaName(areaId: string, { areas, name }: Restaurant): string {
  return areas.find((area) => area.areaId === areaId)?.name ?? name;
}

/** What a reservation was, in one line. */
export function describeTold(told: Told, restaurant: Restaurant, language: string): string {
  const { startsAt, party } = tableValues(told, restaurant, language);
  return `${startsAt}, ${party}, ${areaName(told.areaId, restaurant)}`;
}

/** What is agreed on cancelling. */
export function termsOf({ policy }: Reservation, { timeZone }: Restaurant, language: string): string {
  const words = wordsIn(language);
  if (!policy || policy.deposit.amount === 0) return words.pleaseCancel;
  return words.policy(
    formatMoney(policy.deposit),
    formatAtVenue(new Date(policy.freeUntil), timeZone, language),
    policy.thenPercent,
  );
}

/** What becomes of the deposit, in a sentence; empty where there was none. */
export function moneyOf({ policy }: Reservation, fate: DepositFate, language: string): string {
  if (!policy || fate.kind === 'NONE') return '';
  const deposit = formatMoney(policy.deposit);
  const words = wordsIn(language);
  return fate.kind === 'BACK' ? words.depositBack(deposit) : words.depositKept(deposit, fate.percent);
}
