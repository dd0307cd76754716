import { invalidArguments, isDay, isId } from '@foyer/platform';
import type { GraphQLError } from 'graphql';
import { dayVersion, type DayContent } from '../domain/tables/dayContent.js';
import { dayView, takesParty, type SlotView } from '../domain/tables/dayView.js';
import type { FreeTime } from '../domain/tables/freeTimes.js';
import type { TableWish } from '../domain/requests.js';
import { addDays, localTimeText } from '../domain/tables/wallClock.js';
import { dayKey } from '../store/createDayReader.js';
import type { BlockView, EntryView, RestaurantListing } from '../store/createTableReader.js';
import { isInsider } from './access.js';
import type { InventoryContext, InventoryServices } from './context.js';

interface SlotArguments {
  readonly partySize: number;
  readonly areaId?: string | null;
}

/** Resolvers of `Restaurant` and of what shows its tables. */
export function restaurantResolvers(services: InventoryServices) {
  const { days, tables, rules } = services;
  const slots = (content: DayContent, { partySize, areaId }: SlotArguments) => {
    const { name, seating } = content.restaurant;
    if (!takesParty(content.restaurant, partySize)) {
      const message = `${name} takes parties of ${seating.minimumParty} to ${seating.maximumParty}.`;
      throw wrongArgument('partySize', 'OUT_OF_RANGE', message);
    }
    return dayView(content, partySize, areaId ? [areaId.toLowerCase()] : [], rules.lowPercent).map(slotOf);
  };
  return {
    Restaurant: {
      __resolveReference: ({ id }: { readonly id: string }) => ({ id }),
      slots: async (
        { id }: { readonly id: string },
        { date, ...rest }: SlotArguments & { readonly date: string },
        { identity }: InventoryContext,
      ) => {
        const content = await visibleDay(services, identity, id, date);
        return content && slots(content, rest);
      },
      blocks: async (
        { id }: { readonly id: string },
        { date }: { readonly date: string },
        { identity }: InventoryContext,
      ) => {
        checkDay(date);
        const listing = isId(id) ? await tables.restaurant(id.toLowerCase()) : null;
        if (!listing || !(await isInsider(services.copies, identity, listing))) return null;
        // A day of any zone lies within these.
        const [from, until] = [Date.parse(addDays(date, -1)), Date.parse(addDays(date, 2))];
        return tables.blocks(listing.id, new Date(from), new Date(until));
      },
    },
    TableAvailability: {
      restaurant: ({ restaurant }: DayContent) => ({ id: restaurant.id }),
      date: ({ day }: DayContent) => day,
      version: (content: DayContent) => dayVersion(content),
      slots: (content: DayContent, input: SlotArguments) => slots(content, input),
    },
    SeatBlock: {
      tables: async ({ listingId, tableIds }: BlockView) => {
        const [restaurant] = await days.restaurants([listingId]);
        return tableIds.map((id) => restaurant?.tableNames.get(id) ?? '');
      },
    },
    WaitlistEntry: {
      restaurant: ({ listingId }: EntryView) => ({ id: listingId }),
    },
    HoldRefused: { freeTimes: ({ wish }: Refusing) => timesFor(services, wish) },
    WaitlistRefused: { freeTimes: ({ wish }: Refusing) => timesFor(services, wish) },
  };
}

interface Refusing {
  readonly wish: TableWish | null;
}

async function timesFor({ days }: InventoryServices, wish: TableWish | null) {
  return wish === null ? [] : (await days.freeTimes(wish)).map(freeTimeOf);
}

/** A day of a restaurant that somebody may see; null when there is none. @throws GraphQLError when the date is none. */
export async function visibleDay(
  services: InventoryServices,
  identity: InventoryContext['identity'],
  id: string,
  date: string,
): Promise<DayContent | null> {
  checkDay(date);
  if (!isId(id)) return null;
  const key = dayKey(id.toLowerCase(), date);
  const content = (await services.days.read([key])).get(key);
  if (!content) return null;
  if (content.status !== 'DRAFT') return content;
  const listing: RestaurantListing | null = await services.tables.restaurant(content.restaurant.id);
  return listing && (await isInsider(services.copies, identity, listing)) ? content : null;
}

function checkDay(date: string): void {
  if (!isDay(date)) throw wrongArgument('date', 'NOT_A_DATE', 'Write a day such as 2026-12-24.');
}

function wrongArgument(path: string, rule: string, message: string): GraphQLError {
  return invalidArguments([{ path, rule, message }]);
}

function slotOf({ slot, endsAt, state, areas }: SlotView) {
  return {
    startsAt: new Date(slot.startsAt),
    endsAt: new Date(endsAt),
    localTime: localTimeText(slot.startsAt, slot.offset),
    state,
    areas: areas.map(({ area, ...rest }) => ({ areaId: area.id, name: area.name, ...rest })),
  };
}

function freeTimeOf({ slot, endsAt, area }: FreeTime) {
  return {
    startsAt: new Date(slot.startsAt),
    endsAt: new Date(endsAt),
    localTime: localTimeText(slot.startsAt, slot.offset),
    areaId: area.id,
    areaName: area.name,
  };
}
