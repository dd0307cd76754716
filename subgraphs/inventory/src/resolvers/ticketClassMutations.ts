import { requireOrganizationRight } from '@foyer/kafka';
import { isId, notFound, requireUser, withRefusals } from '@foyer/platform';
import type { Listing } from '../domain/book.js';
import type { TicketClassTerms } from '../domain/checkTicketClass.js';
import type { TicketClassChange } from '../store/createOfferStore.js';
import { EDITORS } from './access.js';
import type { InventoryContext, InventoryServices } from './context.js';
import { findOffer } from './findOffer.js';

type CreateInput = Pick<TicketClassTerms, 'name' | 'price' | 'total' | 'limitPerPerson'> & {
  readonly eventId: string;
  readonly saleStartsAt?: Date | null;
  readonly saleEndsAt?: Date | null;
  readonly accessCode?: string | null;
};

/** Null is a value only where the field can be without one. */
type UpdateInput = { readonly id: string } & {
  readonly [Key in 'price' | 'total' | 'limitPerPerson']?: TicketClassTerms[Key] | null;
} & Pick<CreateInput, 'saleStartsAt' | 'saleEndsAt' | 'accessCode'>;

/** Mutations of ticket classes. */
export function ticketClassMutations(services: InventoryServices) {
  const { offers, copies } = services;

  const requireEditor = async (context: InventoryContext, { id, organizationId }: Listing): Promise<void> => {
    await requireOrganizationRight(copies, context.identity, {
      organizationId,
      roles: EDITORS,
      listingId: id,
    });
  };
  const payload = async (context: InventoryContext, id: string, listingId: string) => {
    context.listings.clear(listingId);
    return { __typename: 'TicketClassPayload', ticketClass: await findOffer(services, context, id) };
  };
  const change = async (context: InventoryContext, id: string, input: TicketClassChange) => {
    requireUser(context.identity);
    const found = await findOffer(services, context, id);
    if (!found) throw notFound('ticket class', id);
    await requireEditor(context, found.listing);
    await offers.change(found.view.offer.id, found.listing.id, input);
    return payload(context, id, found.listing.id);
  };

  return {
    createTicketClass: withRefusals(
      async (_: unknown, { input }: { readonly input: CreateInput }, context: InventoryContext) => {
        requireUser(context.identity);
        const { eventId, ...rest } = input;
        const view = isId(eventId) ? await context.listings.load(eventId.toLowerCase()) : null;
        if (!view) throw notFound('event', eventId);
        await requireEditor(context, view.listing);
        const id = await offers.create({
          ...rest,
          listingId: view.listing.id,
          saleStartsAt: rest.saleStartsAt ?? null,
          saleEndsAt: rest.saleEndsAt ?? null,
          accessCode: rest.accessCode ?? null,
        });
        return payload(context, id, view.listing.id);
      },
    ),
    updateTicketClass: withRefusals(
      (_: unknown, { input }: { readonly input: UpdateInput }, context: InventoryContext) => {
        const { id, price, total, limitPerPerson, ...nullable } = input;
        return change(context, id, {
          ...nullable,
          ...(price && { price }),
          ...(typeof total === 'number' && { total }),
          ...(typeof limitPerPerson === 'number' && { limitPerPerson }),
        });
      },
    ),
    pauseTicketClass: withRefusals((_: unknown, { id }: { readonly id: string }, context: InventoryContext) =>
      change(context, id, { paused: true }),
    ),
    resumeTicketClass: withRefusals(
      (_: unknown, { id }: { readonly id: string }, context: InventoryContext) =>
        change(context, id, { paused: false }),
    ),
  };
}
