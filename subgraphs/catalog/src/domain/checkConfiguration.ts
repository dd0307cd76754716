import type { InputCheck } from '@foyer/platform/domain';
import type { EventConfiguration, EventDetails } from './event.js';

/** Notes every wrong field of how an event is sold. */
export function checkConfiguration(
  check: InputCheck,
  configuration: EventConfiguration,
  details: Pick<EventDetails, 'startsAt' | 'endsAt'>,
  now: Date,
): void {
  const { saleStartsAt, saleEndsAt, maximumAttendees, waitroom, cancellableUntil } = configuration;
  check
    .require(
      saleEndsAt > saleStartsAt,
      'input.saleEndsAt',
      'NOT_AFTER_START',
      'Use a time after the sale begins.',
    )
    .require(saleEndsAt > now, 'input.saleEndsAt', 'PAST', 'Use a time in the future.')
    .require(
      saleEndsAt <= details.endsAt,
      'input.saleEndsAt',
      'AFTER_EVENT',
      "Use a time not after the event's end.",
    )
    .integer(maximumAttendees, 'input.maximumAttendees', 1, 1_000_000)
    .require(
      cancellableUntil === null || cancellableUntil <= details.startsAt,
      'input.cancellableUntil',
      'AFTER_EVENT_START',
      "Use a time not after the event's beginning.",
    );
  if (waitroom) {
    check
      .integer(waitroom.maximumInCheckout, 'input.waitroom.maximumInCheckout', 1, 100_000)
      .integer(waitroom.admissionsPerMinute, 'input.waitroom.admissionsPerMinute', 1, 100_000);
  }
}
