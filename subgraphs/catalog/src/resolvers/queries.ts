import { roleIn } from '@foyer/kafka';
import { invalidArguments, isId, normalText, requirePermission } from '@foyer/platform';
import { connectionFrom, readPage, type Page, type PageArguments } from '@foyer/schema';
import type { EventListing } from '../domain/event.js';
import type { Restaurant } from '../domain/restaurants/restaurant.js';
import type { EventQuery } from '../store/findEvents.js';
import { readWords } from '../store/readWords.js';
import type { CatalogContext, CatalogServices } from './context.js';
import { maySee } from './visibility.js';

type EventFilter = Omit<EventQuery, 'scope' | 'after' | 'limit'>;

const ORDER = { order: 'event-start', key: 'INSTANT' } as const;

const MAXIMUM_SEARCH = 200;

/** A page of events in the order (start, id). */
async function listEvents(
  { store }: CatalogServices,
  page: Page,
  query: Omit<EventQuery, 'after' | 'limit'>,
) {
  const after = page.after && { startsAt: String(page.after.key), id: page.after.id };
  const found = await store.list({ ...query, after, limit: page.limit });
  return connectionFrom(found, page, ({ startsAt, id }) => ({ key: startsAt.toISOString(), id }));
}

/** Queries of the catalog. */
export function queryResolvers(services: CatalogServices) {
  const { store, clock } = services;
  return {
    async event(_: unknown, { id }: { readonly id: string }, { events, identity }: CatalogContext) {
      if (!isId(id)) return null;
      const event = await events.load(id);
      return event && (await maySee(store.copies, identity, event)) ? event : null;
    },
    async events(_: unknown, { filter, ...args }: PageArguments & { readonly filter?: EventFilter | null }) {
      const page = readPage(args, ORDER);
      const { search, organizationId, ...conditions } = filter ?? {};
      if (search && search.length > MAXIMUM_SEARCH) {
        const message = `Use at most ${MAXIMUM_SEARCH} characters.`;
        throw invalidArguments([{ path: 'filter.search', rule: 'TOO_LONG', message }]);
      }
      if (typeof organizationId === 'string' && !isId(organizationId))
        return connectionFrom<EventListing>([], page, positionless);
      const { from, until } = conditions;
      return listEvents(services, page, {
        ...conditions,
        scope: 'PUBLIC',
        city: conditions.city ? normalText(conditions.city) : null,
        category: conditions.category ? normalText(conditions.category) : null,
        organizationId: organizationId ?? null,
        search: search ? await readWords(store.copies, normalText(search), 'simple') : null,
        from: from ?? (until ? null : clock.now()),
      });
    },
    eventsToApprove(_: unknown, args: PageArguments, { identity }: CatalogContext) {
      requirePermission(identity, 'event:approve');
      return listEvents(services, readPage(args, ORDER), { scope: 'TO_APPROVE' });
    },
  };
}

/** An organization's listings: all of them for its members, the public ones for others. */
export function organizationResolvers(services: CatalogServices) {
  const { store } = services;
  return {
    async events({ id }: { readonly id: string }, args: PageArguments, { identity }: CatalogContext) {
      const page = readPage(args, ORDER);
      if (!isId(id)) return connectionFrom<EventListing>([], page, positionless);
      const membership = identity.kind === 'user' ? await roleIn(store.copies, id, identity.userId) : null;
      // A role limited to single listings does not show the others.
      const scope = membership && membership.listingIds === null ? 'ORGANIZATION' : 'PUBLIC';
      return listEvents(services, page, { scope, organizationId: id });
    },
    async restaurants({ id }: { readonly id: string }, args: PageArguments, { identity }: CatalogContext) {
      const page = readPage(args, { order: 'restaurant-name', key: 'TEXT' });
      if (!isId(id)) return connectionFrom<Restaurant>([], page, positionless);
      const membership = identity.kind === 'user' ? await roleIn(store.copies, id, identity.userId) : null;
      const seesAll = membership !== null && membership.listingIds === null;
      const after = page.after && { name: String(page.after.key), id: page.after.id };
      const found = await services.restaurants.ofOrganization(id, !seesAll, after, page.limit);
      return connectionFrom(found, page, ({ name, id: restaurantId }) => ({ key: name, id: restaurantId }));
    },
  };
}

function positionless(): never {
  throw new Error('an empty page has no positions');
}
