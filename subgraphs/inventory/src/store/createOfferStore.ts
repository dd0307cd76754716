import { OfferCreated, OfferUpdated } from '@foyer/kafka';
import {
  InputCheck,
  newId,
  normalText,
  notFound,
  notInState,
  Refused,
  type SqlTransaction,
} from '@foyer/platform';
import type { Database } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/inventory';
import { hashAccessCode } from '../domain/accessCode.js';
import type { Book, Listing, Offer } from '../domain/book.js';
import { checkAccessCode, checkTicketClass, type TicketClassTerms } from '../domain/checkTicketClass.js';
import { takeBackExpired } from '../domain/takeBackExpired.js';
import { decideBook, type BookPorts } from './changeBook.js';
import { lockOffers } from './lockOffers.js';
import { tellOffers } from './tellOffers.js';

/** A ticket class to be made. */
export interface NewTicketClass extends TicketClassTerms {
  readonly listingId: string;
  /** Null: visible to all. */
  readonly accessCode: string | null;
}

/** What changes of a ticket class; what is left out stays. */
export interface TicketClassChange extends Partial<Omit<TicketClassTerms, 'name'>> {
  readonly paused?: boolean;
  readonly accessCode?: string | null;
}

/** Where organizers change what is sold. All refusals are thrown (`Refused`), and then nothing is stored. */
export interface OfferStore {
  /** @returns the new offer's id. @throws Refused InvalidInput, NotFound, NotInState, MixedCurrency. */
  create(input: NewTicketClass): Promise<string>;
  /** @throws Refused InvalidInput, NotFound, NotInState, MixedCurrency, TotalTooLow. */
  change(offerId: string, listingId: string, input: TicketClassChange): Promise<void>;
}

const MAXIMUM_CLASSES = 50;

/** The store of offers. Every change takes the locks that holds take. */
export function createOfferStore(database: Database<PrismaClient>, ports: BookPorts): OfferStore {
  /** The listing with what has run out taken back, locked. @throws Refused when nothing may be changed there. */
  async function open(sql: SqlTransaction, listingId: string) {
    await lockOffers(sql, [listingId]);
    const scope = { listingIds: [listingId], requests: [] };
    const { result, events } = await decideBook(sql, ports, scope, (book) => {
      takeBackExpired(book);
      return book;
    });
    const listing = result.listings.get(listingId);
    if (!listing) throw notFound('event', listingId);
    if (listing.status === 'CANCELLED')
      throw notInState('The event is cancelled; nothing more is sold.', 'CANCELLED');
    return { book: result, listing, events };
  }

  return {
    create: (input) =>
      database.transaction(async (client, sql) => {
        const { listingId, accessCode, price, ...rest } = input;
        const { book, listing, events } = await open(sql, listingId);
        const check = new InputCheck();
        checkTicketClass(check, input, listing.free);
        if (accessCode !== null) checkAccessCode(check, accessCode);
        const name = normalText(input.name);
        requireNewName(check, book, name);
        const few = book.offersOf(listingId).length < MAXIMUM_CLASSES;
        check.require(
          few,
          'input.eventId',
          'TOO_MANY',
          `An event has at most ${MAXIMUM_CLASSES} ticket classes.`,
        );
        check.done();
        requireCurrency(listing, price.currency);

        const id = newId();
        const accessCodeHash = accessCode === null ? null : hashAccessCode(accessCode);
        await client.offer.create({
          data: {
            ...rest,
            id,
            listingId,
            name,
            price: price.amount,
            currency: price.currency,
            accessCodeHash,
          },
        });
        if (listing.currency === null) {
          await client.listing.update({ where: { id: listingId }, data: { currency: price.currency } });
        }
        const told = await tellOffers(sql, ports, listingId, [{ offerId: id, definition: OfferCreated }]);
        await ports.outbox.appendAll(sql, [...events, ...told]);
        return id;
      }),

    change: (offerId, listingId, input) =>
      database.transaction(async (client, sql) => {
        const { book, listing, events } = await open(sql, listingId);
        const offer = book.offers.get(offerId);
        if (!offer) throw notFound('ticket class', offerId);
        const { accessCode, price, paused, ...rest } = input;
        const check = new InputCheck();
        checkTicketClass(check, { ...termsOf(offer), ...input }, listing.free);
        if (typeof accessCode === 'string') checkAccessCode(check, accessCode);
        check.done();
        if (price) requireCurrency(listing, price.currency);
        requireTotal(offer, input.total);

        await client.offer.update({
          where: { id: offerId },
          data: {
            ...rest,
            ...(paused !== undefined && { paused }),
            ...(price && { price: price.amount }),
            ...(accessCode !== undefined && {
              accessCodeHash: accessCode === null ? null : hashAccessCode(accessCode),
            }),
          },
        });
        // Prices and limits show in what is watched, too.
        await client.listing.update({ where: { id: listingId }, data: { version: { increment: 1 } } });
        const told = await tellOffers(sql, ports, listingId, [{ offerId, definition: OfferUpdated }]);
        await ports.outbox.appendAll(sql, [...events, ...told]);
        sql.afterCommit(() => ports.onChanged(listingId));
      }),
  };
}

function termsOf({
  name,
  price,
  currency,
  total,
  limitPerPerson,
  saleStartsAt,
  saleEndsAt,
}: Offer): TicketClassTerms {
  return { name, price: { amount: price, currency }, total, limitPerPerson, saleStartsAt, saleEndsAt };
}

function requireNewName(check: InputCheck, book: Book, name: string): void {
  const taken = [...book.offers.values()].some((offer) => offer.name.toLowerCase() === name.toLowerCase());
  check.require(!taken, 'input.name', 'TAKEN', 'The event has a ticket class of this name already.');
}

function requireCurrency({ currency }: Listing, given: string): void {
  if (currency === null || currency === given) return;
  throw new Refused({
    __typename: 'MixedCurrency',
    code: 'MIXED_CURRENCY',
    message: `The event sells in ${currency}; use it for this ticket class too.`,
    currency,
  });
}

function requireTotal({ reserved, sold }: Offer, total: number | undefined): void {
  const taken = reserved + sold;
  if (total === undefined || total >= taken) return;
  throw new Refused({
    __typename: 'TotalTooLow',
    code: 'TOTAL_TOO_LOW',
    message: `${taken} are held or sold; the total can't be less.`,
    taken,
  });
}
