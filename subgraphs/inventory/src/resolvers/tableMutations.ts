import { requireOrganizationRight } from '@foyer/kafka';
import { InputCheck, isId, newId, notFound, requireUser, withRefusals } from '@foyer/platform';
import { EDITORS } from './access.js';
import { checkBlock, checkJoin, type BlockInput, type JoinInput } from './checkTables.js';
import type { InventoryContext, InventoryServices } from './context.js';

/** Mutations of blocks and waitlists. */
export function tableMutations({ holds, tables, days, copies }: InventoryServices) {
  const findRestaurant = async (id: string) => {
    const listing = isId(id) ? await tables.restaurant(id.toLowerCase()) : null;
    if (!listing) throw notFound('restaurant', id);
    return listing;
  };
  const requireEditor = async (context: InventoryContext, listingId: string): Promise<void> => {
    const { organizationId } = await findRestaurant(listingId);
    await requireOrganizationRight(copies, context.identity, { organizationId, roles: EDITORS, listingId });
  };
  const entryPayload = async (entryId: string, personId: string) => {
    const entry = await tables.entry(entryId, personId);
    return { __typename: 'WaitlistEntryPayload', entry };
  };

  return {
    joinWaitlist: withRefusals(
      async (_: unknown, { input }: { readonly input: JoinInput }, context: InventoryContext) => {
        const { userId } = requireUser(context.identity);
        const check = new InputCheck();
        checkJoin(check, input);
        check.done();
        const listing = await findRestaurant(input.restaurantId);
        if (listing.status === 'DRAFT') throw notFound('restaurant', input.restaurantId);
        const answer = await holds.join({
          kind: 'join',
          entryId: newId(),
          listingId: listing.id,
          personId: userId,
          partySize: input.partySize,
          areaIds: input.areaIds.map((id) => id.toLowerCase()),
          from: input.from,
          until: input.until ?? input.from,
          correlationId: context.requestId,
        });
        return answer.__typename === 'WaitlistRefused' ? answer : entryPayload(answer.entryId, userId);
      },
    ),

    leaveWaitlist: withRefusals(
      async (_: unknown, { id }: { readonly id: string }, { identity, requestId }: InventoryContext) => {
        const { userId } = requireUser(identity);
        if (!isId(id)) throw notFound('place in line', id);
        const answer = await holds.leave({
          kind: 'leave',
          entryId: id.toLowerCase(),
          personId: userId,
          correlationId: requestId,
        });
        if (answer.__typename === 'WaitlistRefused') throw notFound('place in line', id);
        return entryPayload(answer.entryId, userId);
      },
    ),

    blockSeats: withRefusals(
      async (_: unknown, { input }: { readonly input: BlockInput }, context: InventoryContext) => {
        const { userId } = requireUser(context.identity);
        const { id: listingId } = await findRestaurant(input.restaurantId);
        await requireEditor(context, listingId);
        const areaId = input.areaId.toLowerCase();
        const [restaurant] = await days.restaurants([listingId]);
        const area = restaurant?.areas.find((each) => each.areaId === areaId);
        const check = new InputCheck();
        checkBlock(check, input, area?.kind ?? null);
        check.done();
        const blockId = input.id.toLowerCase();
        const answer = await holds.block({
          kind: 'block',
          blockId,
          listingId,
          areaId,
          tables: input.tableIds.map((id) => id.toLowerCase()),
          seats: input.seats ?? 0,
          startsAt: input.startsAt,
          endsAt: input.endsAt,
          reason: input.reason.trim(),
          userId,
          correlationId: context.requestId,
        });
        if (answer.__typename === 'BlockRefused') return answer;
        const block = await tables.block(blockId);
        if (block?.listingId !== listingId) throw notFound('block', input.id);
        return { __typename: 'SeatBlockPayload', block };
      },
    ),

    unblockSeats: withRefusals(
      async (_: unknown, { id }: { readonly id: string }, context: InventoryContext) => {
        requireUser(context.identity);
        const block = isId(id) ? await tables.block(id.toLowerCase()) : null;
        if (!block) throw notFound('block', id);
        await requireEditor(context, block.listingId);
        await holds.release({ kind: 'release', orderId: block.id, correlationId: context.requestId });
        return { __typename: 'SeatsUnblocked', id: block.id };
      },
    ),
  };
}
