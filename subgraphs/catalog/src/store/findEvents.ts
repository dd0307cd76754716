import type { Database } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/catalog';
import type { EventListing } from '../domain/event.js';
import { listingOf, type EventRow } from './rows.js';

/** Which events are asked for. */
export interface EventQuery {
  /** What the caller may see: everybody's list, all of one organization's, or what waits for approval. */
  readonly scope: 'PUBLIC' | 'ORGANIZATION' | 'TO_APPROVE';
  /** A tsquery; see `readWords`. */
  readonly search?: string | null;
  readonly city?: string | null;
  readonly category?: string | null;
  readonly organizationId?: string | null;
  /** Not over before. */
  readonly from?: Date | null;
  /** Beginning before. */
  readonly until?: Date | null;
  readonly trending?: boolean | null;
  readonly free?: boolean | null;
  /** Only those behind this one in the order (start, id). */
  readonly after?: { readonly startsAt: string; readonly id: string } | null;
  readonly limit: number;
}

const SCOPES: Readonly<Record<EventQuery['scope'], string>> = {
  PUBLIC: `status = 'PUBLISHED' and visibility = 'PUBLIC'`,
  ORGANIZATION: 'true',
  TO_APPROVE: `status = 'CONFIGURED'`,
};

const COLUMNS = `id, organization_id as "organizationId", name, description, venue_name as "venueName",
  venue_address as "venueAddress", venue_city as "venueCity", time_zone as "timeZone", starts_at as "startsAt",
  ends_at as "endsAt", categories, status, cancellation_reason as "cancellationReason",
  sale_starts_at as "saleStartsAt", sale_ends_at as "saleEndsAt", free, maximum_attendees as "maximumAttendees",
  visibility, maximum_in_checkout as "maximumInCheckout", admissions_per_minute as "admissionsPerMinute",
  cancellable_until as "cancellableUntil", trending, published_at as "publishedAt"`;

/** Events in the order (start, id). Only conditions that are asked for stand in the statement, so that indexes serve. */
export async function findEvents(
  pool: Database<PrismaClient>['pool'],
  query: EventQuery,
): Promise<readonly EventListing[]> {
  const values: unknown[] = [];
  const conditions = [SCOPES[query.scope]];
  const where = (condition: (placeholder: string) => string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `search @@ ${p}::tsquery`, query.search);
  where((p) => `lower(search_text(venue_city)) = lower(search_text(${p}))`, query.city?.trim());
  where((p) => `${p} = any(categories)`, query.category?.trim().toLowerCase());
  where((p) => `organization_id = ${p}`, query.organizationId);
  where((p) => `ends_at > ${p}`, query.from);
  where((p) => `starts_at < ${p}`, query.until);
  where((p) => `trending = ${p}`, query.trending);
  where((p) => `free = ${p}`, query.free);
  if (query.after) {
    values.push(query.after.startsAt, query.after.id);
    conditions.push(`(starts_at, id) > ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  values.push(query.limit);
  const { rows } = await pool.query<EventRow>(
    `select ${COLUMNS} from event where ${conditions.join(' and ')} order by starts_at, id limit $${values.length}`,
    values,
  );
  return rows.map(listingOf);
}
