import type { Outbox, Queryable } from '@foyer/kafka';
import type { Clock } from '@foyer/platform';
import {
  EventCancelled,
  EventCreated,
  EventPublished,
  EventUpdated,
  findOrganization,
  queryable,
} from '@foyer/kafka';
import type { Database, TransactionClient } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/catalog';
import type { EventListing } from '../domain/event.js';
import { snapshotOf } from '../domain/snapshotOf.js';
import { findEvents, type EventQuery } from './findEvents.js';
import { listingOf, type EventRow } from './rows.js';

/** Which catalog event tells of a change. */
const DEFINITIONS = {
  created: EventCreated,
  updated: EventUpdated,
  published: EventPublished,
  cancelled: EventCancelled,
} as const;

/** What is to become of an event, decided under its lock. */
export interface EventChange {
  readonly data: Partial<Omit<EventRow, 'id' | 'organizationId' | 'search'>>;
  readonly tells: keyof typeof DEFINITIONS;
}

/** The catalog's database. */
export interface CatalogStore {
  /** Answers membership questions from the local copy. */
  readonly copies: Queryable;
  /** @returns whether the organization is verified, as far as known. */
  isVerified(organizationId: string): Promise<boolean>;
  create(row: Omit<EventRow, 'search'>): Promise<EventListing>;
  /** @returns null when there is no such event. */
  find(id: string): Promise<EventListing | null>;
  findMany(ids: readonly string[]): Promise<readonly EventListing[]>;
  list(query: EventQuery): Promise<readonly EventListing[]>;
  /**
   * Changes an event under its row lock, and tells of it in the same transaction.
   * @param decide may throw to refuse; null changes nothing.
   * @returns null when there is no such event.
   */
  change(id: string, decide: (event: EventListing) => EventChange | null): Promise<EventListing | null>;
}

/** The store on Postgres. */
export function createCatalogStore(
  database: Database<PrismaClient>,
  outbox: Outbox,
  clock: Clock,
): CatalogStore {
  const copies = queryable(database.pool);
  const read = async (client: Pick<TransactionClient<PrismaClient>, 'event'>, id: string) => {
    const row = await client.event.findUnique({ where: { id } });
    return row && listingOf(row);
  };
  return {
    copies,
    isVerified: async (organizationId) => (await findOrganization(copies, organizationId))?.verified ?? false,
    create: (row) =>
      database.transaction(async (client, sql) => {
        const event = listingOf(await client.event.create({ data: row }));
        await outbox.append(sql, EventCreated, { aggregateId: event.id, data: snapshotOf(event) });
        return event;
      }),
    find: (id) => read(database.client, id),
    async findMany(ids) {
      const rows = await database.client.event.findMany({ where: { id: { in: [...ids] } } });
      return rows.map(listingOf);
    },
    list: (query) => findEvents(database.pool, query),
    change: (id, decide) =>
      database.transaction(async (client, sql) => {
        await sql.query(`select 1 from event where id = $1 for update`, [id]);
        const event = await read(client, id);
        const change = event && decide(event);
        if (!change) return event;
        const changed = listingOf(
          await client.event.update({ where: { id }, data: { ...change.data, updatedAt: clock.now() } }),
        );
        await outbox.append(sql, DEFINITIONS[change.tells], { aggregateId: id, data: snapshotOf(changed) });
        return changed;
      }),
  };
}
