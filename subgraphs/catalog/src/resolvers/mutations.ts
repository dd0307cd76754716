import { requireOrganizationRight, type OrganizationRole } from '@foyer/kafka';
import {
  InputCheck,
  isId,
  newId,
  notFound,
  requirePermission,
  requireUser,
  withRefusals,
} from '@foyer/platform';
import { checkConfiguration } from '../domain/checkConfiguration.js';
import { checkDetails, normalizeCategories } from '../domain/checkDetails.js';
import type { EventConfiguration, EventDetails, EventListing, Venue } from '../domain/event.js';
import { requireEditable, requireTransition } from '../domain/eventStatus.js';
import { needsApproval } from '../domain/needsApproval.js';
import type { EventChange } from '../store/catalogStore.js';
import { configurationColumns, detailColumns } from '../store/rows.js';
import type { CatalogContext, CatalogServices } from './context.js';
import { EDITORS, maySee, TREASURERS } from './visibility.js';

type Given<T> = { readonly [Key in keyof T]?: T[Key] | null | undefined };

type CreateInput = EventDetails & { readonly organizationId: string };
type UpdateInput = Given<EventDetails> & { readonly eventId: string; readonly venue?: Venue | null };
type ConfigureInput = Omit<EventConfiguration, 'waitroom' | 'cancellableUntil'> &
  Given<Pick<EventConfiguration, 'waitroom' | 'cancellableUntil'>> & { readonly eventId: string };

const payload = (event: EventListing) => ({ __typename: 'EventPayload', event });

/** Mutations of the catalog. */
export function mutationResolvers({ store, clock, approval }: CatalogServices) {
  /** Changes an event for somebody who may: as a rule, edit it. */
  const edit = async (
    { identity, events }: CatalogContext,
    id: string,
    decide: (event: EventListing) => EventChange | null,
    roles: readonly OrganizationRole[] = EDITORS,
  ) => {
    requireUser(identity);
    const event = isId(id) ? await store.find(id) : null;
    if (!event || !(await maySee(store.copies, identity, event))) throw notFound('event', id);
    await requireOrganizationRight(store.copies, identity, {
      organizationId: event.organizationId,
      roles,
      listingId: id,
    });
    return finish(id, decide, events);
  };
  const finish = async (
    id: string,
    decide: (event: EventListing) => EventChange | null,
    events: CatalogContext['events'],
  ) => {
    const changed = await store.change(id, decide);
    if (!changed) throw notFound('event', id);
    events.clear(id);
    return payload(changed);
  };

  return {
    createEvent: withRefusals(
      async (_: unknown, { input }: { readonly input: CreateInput }, context: CatalogContext) => {
        const user = requireUser(context.identity);
        const { organizationId, ...details } = input;
        if (!isId(organizationId)) throw notFound('organization', organizationId);
        await requireOrganizationRight(store.copies, user, { organizationId, roles: EDITORS });
        const now = clock.now();
        const check = new InputCheck();
        checkDetails(check, details, now);
        check.done();
        const event = await store.create({
          id: newId(),
          organizationId,
          ...detailColumns({ ...details, categories: normalizeCategories(details.categories) }),
          ...NOT_CONFIGURED,
          status: 'DRAFT',
          cancellationReason: null,
          createdBy: user.userId,
          createdAt: now,
          updatedAt: now,
          approvedBy: null,
          publishedAt: null,
        });
        return payload(event);
      },
    ),

    updateEvent: withRefusals(
      (_: unknown, { input }: { readonly input: UpdateInput }, context: CatalogContext) =>
        edit(context, input.eventId, (event) => {
          requireEditable(event.status);
          const details: EventDetails = {
            name: input.name ?? event.name,
            description: input.description ?? event.description,
            venue: input.venue ?? event.venue,
            startsAt: input.startsAt ?? event.startsAt,
            endsAt: input.endsAt ?? event.endsAt,
            categories: normalizeCategories(input.categories ?? event.categories),
          };
          const check = new InputCheck();
          checkDetails(check, details, clock.now());
          // What was configured for the old times must fit the new ones.
          if (event.configuration) checkConfiguration(check, event.configuration, details, clock.now());
          check.done();
          return { data: detailColumns(details), tells: 'updated' };
        }),
    ),

    configureEvent: withRefusals(
      async (_: unknown, { input }: { readonly input: ConfigureInput }, context: CatalogContext) => {
        const { eventId, ...given } = input;
        const configuration: EventConfiguration = {
          ...given,
          waitroom: given.waitroom ?? null,
          cancellableUntil: given.cancellableUntil ?? null,
        };
        const listing = isId(eventId) ? await store.find(eventId) : null;
        const verified = listing !== null && (await store.isVerified(listing.organizationId));
        return edit(context, eventId, (event) => {
          requireEditable(event.status);
          const check = new InputCheck();
          checkConfiguration(check, configuration, event, clock.now());
          check.done();
          const status = needsApproval(approval, { verified }) ? 'CONFIGURED' : 'APPROVED';
          return { data: { ...configurationColumns(configuration), status }, tells: 'updated' };
        });
      },
    ),

    approveEvent: withRefusals(
      (_: unknown, { eventId }: { readonly eventId: string }, { identity, events }: CatalogContext) => {
        const { userId } = requirePermission(identity, 'event:approve');
        if (!isId(eventId)) throw notFound('event', eventId);
        return finish(
          eventId,
          (event) => {
            requireTransition(event.status, 'APPROVED');
            return { data: { status: 'APPROVED', approvedBy: userId }, tells: 'updated' };
          },
          events,
        );
      },
    ),

    publishEvent: withRefusals(
      (_: unknown, { eventId }: { readonly eventId: string }, context: CatalogContext) =>
        edit(context, eventId, (event) => {
          requireTransition(event.status, 'PUBLISHED');
          const now = clock.now();
          const check = new InputCheck();
          // It may have waited for approval past its own times.
          check.require(
            event.startsAt > now,
            'eventId',
            'PAST',
            'The event has begun already; draft it again for another time.',
          );
          check.done();
          return { data: { status: 'PUBLISHED', publishedAt: now }, tells: 'published' };
        }),
    ),

    cancelEvent: withRefusals(
      (
        _: unknown,
        { eventId, reason }: { readonly eventId: string; readonly reason: string },
        context: CatalogContext,
      ) =>
        edit(
          context,
          eventId,
          (event) => {
            requireTransition(event.status, 'CANCELLED');
            const check = new InputCheck();
            check.text(reason, 'reason', 500);
            check.done();
            return { data: { status: 'CANCELLED', cancellationReason: reason.trim() }, tells: 'cancelled' };
          },
          // Every order is refunded with it: who may not refund one may not refund all.
          TREASURERS,
        ),
    ),
  };
}

const NOT_CONFIGURED = {
  saleStartsAt: null,
  saleEndsAt: null,
  free: null,
  maximumAttendees: null,
  visibility: null,
  maximumInCheckout: null,
  admissionsPerMinute: null,
  cancellableUntil: null,
  trending: null,
};
