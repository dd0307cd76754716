import { normalText } from '@foyer/platform';
import type { Event as EventRow } from '@foyer/prisma/catalog';
import type { EventConfiguration, EventDetails, EventListing } from '../domain/event.js';
import type { EventStatus } from '../domain/eventStatus.js';

/** Columns of a row, as Prisma reads and writes them. */
export type { EventRow };

/** An event from its row. */
export function listingOf(row: EventRow): EventListing {
  return {
    id: row.id,
    organizationId: row.organizationId,
    name: row.name,
    description: row.description,
    venue: { name: row.venueName, address: row.venueAddress, city: row.venueCity, timeZone: row.timeZone },
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    categories: row.categories,
    status: row.status as EventStatus,
    cancellationReason: row.cancellationReason,
    configuration: configurationOf(row),
    publishedAt: row.publishedAt,
  };
}

function configurationOf(row: EventRow): EventConfiguration | null {
  const { saleStartsAt, saleEndsAt, free, maximumAttendees, visibility, trending } = row;
  // The table's checks make these null together or not at all.
  if (!saleStartsAt || !saleEndsAt || free === null || !maximumAttendees || !visibility || trending === null)
    return null;
  const { maximumInCheckout, admissionsPerMinute } = row;
  return {
    saleStartsAt,
    saleEndsAt,
    free,
    maximumAttendees,
    visibility: visibility as EventConfiguration['visibility'],
    waitroom: maximumInCheckout && admissionsPerMinute ? { maximumInCheckout, admissionsPerMinute } : null,
    cancellableUntil: row.cancellableUntil,
    trending,
  };
}

/** Columns that say what an event is. */
export function detailColumns(details: EventDetails) {
  const { venue } = details;
  return {
    name: normalText(details.name),
    description: details.description.trim(),
    venueName: normalText(venue.name),
    venueAddress: venue.address.trim(),
    venueCity: venue.city.trim(),
    timeZone: venue.timeZone,
    startsAt: details.startsAt,
    endsAt: details.endsAt,
    categories: [...details.categories],
  };
}

/** Columns that say how it is sold. */
export function configurationColumns({ waitroom, ...configuration }: EventConfiguration) {
  return {
    ...configuration,
    maximumInCheckout: waitroom?.maximumInCheckout ?? null,
    admissionsPerMinute: waitroom?.admissionsPerMinute ?? null,
  };
}
