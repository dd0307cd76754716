import { findEventCopy, requireOrganizationRight, type OrganizationRight } from '@foyer/kafka';
import {
  InputCheck,
  invalidArguments,
  type InvalidField,
  isId,
  normalCode,
  notFound,
  Refused,
  requirePermission,
} from '@foyer/platform';
import { type PageArguments } from '@foyer/schema';
import { GraphQLError } from 'graphql';
import { money } from '../domain/money.js';
import { checkLines, type OrderedLine } from '../domain/placeOrderInput.js';
import { findByCode } from '../operations/findByCode.js';
import { quote } from '../operations/quote.js';
import type { Services } from '../operations/services.js';
import type { ReservationReference } from '../operations/workOnReservation.js';
import { findReservation } from '../store/findReservation.js';
import { readFacts } from '../store/readFacts.js';
import type { OrdersContext } from './context.js';
import { lineFor } from './lineFor.js';
import { checkInPage, orderPage, parkedSagaPage } from './pages.js';
import { pricingFor } from './pricingFor.js';
import { maySeeOrder, maySeeReservation } from './visibility.js';

interface OrganizationOrders extends PageArguments {
  readonly organizationId: string;
  readonly filter?: {
    readonly eventId?: string | null;
    readonly status?: string | null;
    readonly code?: string | null;
  } | null;
}

/** Queries of orders. */
export function queryResolvers(services: Services) {
  const { store, configuration } = services;
  const { sql } = store;
  const requireRight = (identity: OrdersContext['identity'], right: OrganizationRight): Promise<void> =>
    asError(() => requireOrganizationRight(sql, identity, right));
  return {
    async order(_: unknown, { id }: { readonly id: string }, { orders, identity }: OrdersContext) {
      const order = isId(id) ? await orders.load(id.toLowerCase()) : null;
      return order && (await maySeeOrder(sql, identity, order)) ? order : null;
    },
    async reservation(_: unknown, reference: ReservationReference, { identity }: OrdersContext) {
      const { id, code, email } = reference;
      if (typeof id === 'string') {
        const found = isId(id) ? await findReservation(sql, id) : null;
        return found && (await maySeeReservation(sql, identity, found)) ? found : null;
      }
      if (typeof code !== 'string' || typeof email !== 'string') {
        const message = 'Give an id, or a code and the email it was made with.';
        throw invalidArguments([{ path: 'id', rule: 'REQUIRED', message }]);
      }
      const found = await asError(() => findByCode(services, identity, code, email));
      return found && { ...found, byCode: true };
    },
    async quoteOrder(_: unknown, { lines }: { readonly lines: readonly OrderedLine[] }) {
      return asError(async () => {
        checkLines(new InputCheck(), lines, 'lines').done();
        const wanted = lines.map(({ offerId, quantity }) => ({ offerId: offerId.toLowerCase(), quantity }));
        const facts = await readFacts(
          sql,
          wanted.map(({ offerId }) => offerId),
          null,
        );
        const { event, lines: priced, totals } = quote(facts, wanted, configuration.defaultPricing, 'lines');
        if (event.status !== 'PUBLISHED') throw notFound('offer', wanted[0]?.offerId ?? '');
        const { currency } = totals;
        return {
          event: { id: event.eventId },
          lines: priced.map((line) => lineFor(line, currency)),
          subtotal: money(totals.subtotal, currency),
          fees: money(totals.fees, currency),
          tax: money(totals.tax, currency),
          total: money(totals.total, currency),
        };
      });
    },
    async organizationOrders(_: unknown, args: OrganizationOrders, { identity }: OrdersContext) {
      const { organizationId, filter } = args;
      const eventId = filter?.eventId ?? null;
      for (const id of [organizationId, eventId ?? organizationId])
        if (!isId(id)) throw notFoundError('organization');
      await requireRight(identity, {
        organizationId,
        roles: ['OWNER', 'ADMIN'],
        orPermission: 'order:read-any',
        ...(eventId === null ? {} : { listingId: eventId }),
      });
      return orderPage(store, args, {
        organizationId,
        eventId,
        status: filter?.status,
        code: filter?.code && normalCode(filter.code),
      });
    },
    async pricing(
      _: unknown,
      { organizationId }: { readonly organizationId: string },
      { identity }: OrdersContext,
    ) {
      if (!isId(organizationId)) throw notFoundError('organization');
      await requireRight(identity, {
        organizationId,
        roles: ['OWNER', 'ADMIN'],
        orPermission: 'order:read-any',
      });
      const set = await store.database.client.pricing.findMany({
        where: { organizationId },
        orderBy: { id: 'asc' },
      });
      return set.map(pricingFor);
    },
    async checkInList(
      _: unknown,
      args: PageArguments & { readonly eventId: string },
      { identity }: OrdersContext,
    ) {
      const event = isId(args.eventId) ? await findEventCopy(sql, args.eventId) : null;
      if (!event) throw notFoundError('event');
      const { organizationId, eventId: listingId } = event;
      await requireRight(identity, {
        organizationId,
        listingId,
        roles: ['OWNER', 'ADMIN', 'EDITOR', 'DOOR'],
      });
      return checkInPage(store, args, listingId);
    },
    parkedSagas(_: unknown, args: PageArguments, { identity }: OrdersContext) {
      requirePermission(identity, 'saga:read');
      return parkedSagaPage(store, args);
    },
  };
}

/** A query has no union for refusals: they become errors with the same codes. */
async function asError<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, message, fields, retryAfter } = error.refusal;
    if (Array.isArray(fields)) throw invalidArguments(fields as readonly InvalidField[]);
    throw new GraphQLError(message, {
      extensions: { code, ...(retryAfter === undefined ? {} : { retryAfter }) },
    });
  }
}

function notFoundError(what: string): GraphQLError {
  const { code, message } = notFound(what, '').refusal;
  return new GraphQLError(message, { extensions: { code } });
}
