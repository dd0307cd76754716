import { pgTransaction } from '@foyer/platform';
import type { Pool } from 'pg';
import { decideGroup } from '../domain/decideGroup.js';
import { orderRefused } from '../domain/holdRefused.js';
import { InvalidReturn } from '../domain/invalidReturn.js';
import type {
  BlockRefused,
  BlockRequest,
  ChangeRequest,
  ConfirmRequest,
  GroupAnswer,
  GroupRequest,
  HoldChanged,
  HoldConfirmed,
  HoldRefused,
  HoldReleased,
  HoldRequest,
  JoinRequest,
  LeaveRequest,
  OffersHeld,
  ReleaseRequest,
  ReturnRequest,
  SeatsBlocked,
  TakeRequest,
  UnitsReturned,
  WaitlistJoined,
  WaitlistRefused,
} from '../domain/requests.js';
import { changeBook, type BookPorts } from './changeBook.js';
import { createLane, type Lane } from './createLane.js';
import type { Router } from './createRouter.js';
import { isUnreachable } from './isUnreachable.js';
import { leaveTombstone } from './leaveTombstone.js';

/** Holds and what becomes of them. Everything is idempotent by the order (returns by the return). */
export interface HoldStore {
  hold(request: HoldRequest): Promise<OffersHeld | HoldRefused>;
  confirm(request: ConfirmRequest): Promise<HoldConfirmed | HoldRefused>;
  /** Of an order that nothing is known of, a tombstone is left: a hold that comes after is refused. */
  release(request: ReleaseRequest): Promise<HoldReleased>;
  /** @throws InvalidReturn when these units were never sold to this order. */
  returnUnits(request: ReturnRequest): Promise<UnitsReturned>;
  /** Gives an order another table for the one it has, or leaves it. Idempotent by the change. */
  change(request: ChangeRequest): Promise<HoldChanged | HoldRefused>;
  /** Takes tables or seats out of sale; given back by `release`. Idempotent by the block. */
  block(request: BlockRequest): Promise<SeatsBlocked | BlockRefused>;
  /** Puts a party in line. */
  join(request: JoinRequest): Promise<WaitlistJoined | WaitlistRefused>;
  /** Takes a party out of the line. */
  leave(request: Omit<LeaveRequest, 'listingId'>): Promise<WaitlistJoined | WaitlistRefused>;
  /** Holds for an order what the line has offered. */
  take(request: Omit<TakeRequest, 'listingId'>): Promise<OffersHeld | HoldRefused>;
  /** Takes back what has run out of a listing, and tells states that time has changed. */
  tidy(listingId: string): Promise<void>;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
}

export interface HoldStoreOptions extends BookPorts {
  readonly pool: Pool;
  readonly router: Router;
  /** How many groups may be in flight at once, each with a connection. A listing has its own lane. */
  readonly lanes: number;
  /** The most requests decided under one lock and commit. */
  readonly maxGroup: number;
}

interface Routed {
  readonly listingId: string;
  readonly request: GroupRequest;
}

/**
 * The store of holds: requests for one listing go down one lane and are decided in groups, one lock, one decision and
 * one commit for all that arrived together.
 */
export function createHoldStore(options: HoldStoreOptions): HoldStore {
  const { pool, router, lanes: count, maxGroup } = options;
  const holding = new Map<string, Promise<unknown>>();
  const lanes: readonly Lane<Routed, GroupAnswer>[] = Array.from({ length: count }, () =>
    createLane({
      maxGroup,
      mayRetry: (error) => !isUnreachable(error),
      run: (group) => runGroup(group),
    }),
  );

  function runGroup(group: readonly Routed[]): Promise<readonly GroupAnswer[]> {
    const requests = group.map(({ request }) => request);
    const listingIds = [...new Set(group.map(({ listingId }) => listingId))];
    return pgTransaction(pool, (sql) =>
      changeBook(sql, options, { listingIds, requests }, (book) =>
        decideGroup(book, requests, options.rules),
      ),
    );
  }

  async function submit<Answer extends GroupAnswer>(
    listingId: string,
    request: GroupRequest,
  ): Promise<Answer> {
    const lane = lanes[hashOf(listingId) % count] as Lane<Routed, GroupAnswer>;
    return (await lane.submit({ listingId, request })) as Answer;
  }

  async function hold(request: HoldRequest): Promise<OffersHeld | HoldRefused> {
    const offerIds = request.lines.flatMap(({ offerId, seating }) => [offerId, ...(seating?.anyOf ?? [])]);
    const listingIds = await router.listingsOf(offerIds);
    const unknown = listingIds.indexOf(null);
    if (unknown >= 0) {
      return {
        ...orderRefused('NOT_FOUND', 'There is no such offer.'),
        offerId: offerIds[unknown] ?? null,
      };
    }
    const [listingId] = listingIds;
    if (typeof listingId !== 'string' || listingIds.some((each) => each !== listingId)) {
      return orderRefused(
        'MIXED_LISTINGS',
        'An order is for one event or restaurant: place one order for each.',
      );
    }
    return await submit<OffersHeld | HoldRefused>(listingId, request);
  }

  return {
    async hold(request) {
      const { orderId } = request;
      const work = hold(request);
      holding.set(orderId, work);
      try {
        return await work;
      } finally {
        if (holding.get(orderId) === work) holding.delete(orderId);
      }
    },
    async confirm(request) {
      const listingId = await router.listingOfOrder(request.orderId);
      if (listingId === undefined) return orderRefused('NOT_FOUND', 'Nothing was ever held for this order.');
      if (listingId === null) return orderRefused('RELEASED', 'This order was released.');
      return await submit<HoldConfirmed | HoldRefused>(listingId, request);
    },
    async release(request) {
      const { orderId } = request;
      // A tombstone beside a hold that this process is about to write would only make its group fail.
      await holding.get(orderId)?.catch(() => undefined);
      const listingId = (await router.listingOfOrder(orderId)) ?? (await leaveTombstone(pool, orderId));
      if (listingId === null) return { __typename: 'HoldReleased', orderId };
      return await submit<HoldReleased>(listingId, request);
    },
    async returnUnits(request) {
      const listingId = await router.listingOfOrder(request.orderId);
      if (typeof listingId !== 'string')
        throw new InvalidReturn(`Nothing is sold to the order ${request.orderId}.`);
      return await submit<UnitsReturned>(listingId, request);
    },
    async change(request) {
      const listingId = await router.listingOfOrder(request.orderId);
      if (listingId === undefined) return orderRefused('NOT_FOUND', 'Nothing was ever held for this order.');
      if (listingId === null) return orderRefused('RELEASED', 'This order was released.');
      return await submit<HoldChanged | HoldRefused>(listingId, request);
    },
    block: (request) => submit(request.listingId, request),
    join: (request) => submit(request.listingId, request),
    async leave(request) {
      const listingId = await router.listingOfEntry(request.entryId);
      if (listingId === undefined) {
        const message = 'There is no place in line with this id, or it is not yours.';
        return { __typename: 'WaitlistRefused', code: 'NOT_FOUND', message, wish: null };
      }
      return await submit<WaitlistJoined | WaitlistRefused>(listingId, { ...request, listingId });
    },
    async take(request) {
      const listingId = await router.listingOfEntry(request.entryId);
      if (listingId === undefined) {
        return orderRefused('NOT_FOUND', 'There is no place in line with this id, or it is not yours.');
      }
      return await submit<OffersHeld | HoldRefused>(listingId, { ...request, listingId });
    },
    async tidy(listingId) {
      await submit(listingId, { kind: 'tidy' });
    },
    async idle() {
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
  };
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): spreads ids over lanes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
