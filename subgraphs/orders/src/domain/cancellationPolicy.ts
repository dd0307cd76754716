import { shareOf } from '@foyer/platform/domain';

const HOUR = 60 * 60 * 1000;

/** What becomes of a deposit when its guest cancels, as it was agreed when the table was booked. */
export interface CancellationPolicy {
  /** Who cancels before gets everything back. */
  readonly freeUntil: Date;
  /** What share of the deposit is kept from who cancels later: 0 to 100. */
  readonly thenPercent: number;
}

/** Until when a reservation is cancelled for nothing. */
export function freeUntil(startsAt: Date, hours: number): Date {
  return new Date(startsAt.getTime() - hours * HOUR);
}

/**
 * Until when a reservation is cancelled for nothing once it is moved. Who was too late for that stays too late: moving
 * a table far ahead and cancelling it then would make every cancellation free.
 */
export function freeUntilAfterMove(before: Date, startsAt: Date, hours: number, now: Date): Date {
  return now >= before ? before : freeUntil(startsAt, hours);
}

/** What is kept of a deposit from a guest who cancels now, in its minor units, rounded half up. */
export function keptOfDeposit(
  deposit: number,
  { freeUntil: until, thenPercent }: CancellationPolicy,
  now: Date,
): number {
  return now < until ? 0 : shareOf(deposit, thenPercent * 100);
}
