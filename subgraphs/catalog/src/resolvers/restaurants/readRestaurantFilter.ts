import {
  type Identity,
  invalidArguments,
  type InvalidField,
  isId,
  normalText,
  requireUser,
} from '@foyer/platform';
import { normalizeCategories } from '../../domain/checkDetails.js';
import { MAXIMUM_PARTY } from '../../domain/restaurants/checkRestaurant.js';
import { FREE_YEARS } from '../../domain/restaurants/freeCodes.js';
import { isLanguage } from '../../domain/restaurants/isLanguage.js';
import type { GeoPoint } from '../../domain/restaurants/restaurant.js';
import { readTimeZones } from '../../store/restaurants/readTimeZones.js';
import { readWords } from '../../store/readWords.js';
import type { RestaurantConditions } from '../../store/restaurants/restaurantConditions.js';
import type { CatalogContext, CatalogServices } from '../context.js';

/** `RestaurantFilter`. */
export interface RestaurantFilter {
  readonly words?: string | null;
  readonly language?: string | null;
  readonly city?: string | null;
  readonly near?: { readonly point: GeoPoint; readonly within: number } | null;
  readonly cuisines?: readonly string[] | null;
  readonly priceRanges?: readonly number[] | null;
  readonly dietary?: readonly string[] | null;
  readonly openAt?: Date | null;
  readonly free?: {
    readonly at: Date;
    readonly partySize?: number | null;
    readonly withinMinutes: number;
  } | null;
  readonly byPreferences?: boolean;
}

const MAXIMUM_WORDS_TEXT = 200;
const MAXIMUM_VALUES = 50;
const MAXIMUM_DISTANCE = 500_000;
const MAXIMUM_MINUTES_BESIDE = 180;
const DEFAULT_PARTY = 2;
const DEFAULT_LANGUAGE = 'en';

/**
 * What a filter asks for, with what the caller prefers put in.
 * @throws GraphQLError `INVALID_INPUT` naming every argument that can't be used, `UNAUTHENTICATED` when preferences are
 * asked for by a guest.
 */
export async function readRestaurantFilter(
  { store }: CatalogServices,
  { identity, people }: CatalogContext,
  filter: RestaurantFilter,
): Promise<RestaurantConditions> {
  requireUsable(filter);
  if (filter.byPreferences === true) requireUser(identity);
  const { words, near, free, openAt } = filter;
  const caller = asksForCaller(filter) && isPerson(identity) ? await people.load(identity.userId) : null;
  const preferences = filter.byPreferences === true ? caller?.preferences : undefined;
  const cuisines = filter.cuisines ?? (preferences?.cuisines.length ? preferences.cuisines : null);
  const dietary = [...new Set([...(filter.dietary ?? []), ...(preferences?.dietary ?? [])])];
  const language = filter.language ?? caller?.language ?? DEFAULT_LANGUAGE;
  return {
    words: words ? await readWords(store.copies, normalText(words), language) : null,
    city: filter.city ? normalText(filter.city) : null,
    near: near ?? null,
    cuisines: cuisines && normalizeCategories(cuisines),
    priceRanges: filter.priceRanges ?? null,
    dietary: dietary.length > 0 ? dietary : null,
    openAt: openAt ?? null,
    free: free
      ? { ...free, partySize: free.partySize ?? caller?.preferences.defaultPartySize ?? DEFAULT_PARTY }
      : null,
    timeZones: openAt || free ? await readTimeZones(store.copies) : [],
  };
}

function isPerson(identity: Identity): identity is Identity & { readonly kind: 'user' } {
  return identity.kind === 'user' && isId(identity.userId);
}

/** Whether anything in a filter depends on who asks. */
function asksForCaller({ words, language, free, byPreferences }: RestaurantFilter): boolean {
  return byPreferences === true || (!!words && !language) || (!!free && (free.partySize ?? null) === null);
}

function requireUsable({ words, language, city, near, free, ...lists }: RestaurantFilter): void {
  const wrong: InvalidField[] = [];
  const demand = (holds: boolean, path: string, rule: string, message: string): void => {
    if (!holds) wrong.push({ path: `filter.${path}`, rule, message });
  };
  demand(
    (words?.length ?? 0) <= MAXIMUM_WORDS_TEXT,
    'words',
    'TOO_LONG',
    `Use at most ${MAXIMUM_WORDS_TEXT} characters.`,
  );
  demand((city?.length ?? 0) <= 100, 'city', 'TOO_LONG', 'Use at most 100 characters.');
  demand(
    !language || isLanguage(language),
    'language',
    'NOT_A_LANGUAGE',
    'Write a language tag: en, vi, pt-BR.',
  );
  for (const name of ['cuisines', 'priceRanges', 'dietary'] as const) {
    demand((lists[name]?.length ?? 0) <= MAXIMUM_VALUES, name, 'TOO_MANY', `Use at most ${MAXIMUM_VALUES}.`);
  }
  if (near) {
    const { latitude, longitude } = near.point;
    demand(Math.abs(latitude) <= 90, 'near.point.latitude', 'OUT_OF_RANGE', 'Use degrees from -90 to 90.');
    demand(
      Math.abs(longitude) <= 180,
      'near.point.longitude',
      'OUT_OF_RANGE',
      'Use degrees from -180 to 180.',
    );
    demand(
      near.within >= 1 && near.within <= MAXIMUM_DISTANCE,
      'near.within',
      'OUT_OF_RANGE',
      `Use 1 to ${MAXIMUM_DISTANCE} metres.`,
    );
  }
  if (free) {
    const size = free.partySize ?? DEFAULT_PARTY;
    const [year, { first, last }] = [free.at.getUTCFullYear(), FREE_YEARS];
    demand(year >= first && year <= last, 'free.at', 'OUT_OF_RANGE', `Use a year from ${first} to ${last}.`);
    demand(
      size >= 1 && size <= MAXIMUM_PARTY,
      'free.partySize',
      'OUT_OF_RANGE',
      `Use 1 to ${MAXIMUM_PARTY}.`,
    );
    demand(
      free.withinMinutes >= 0 && free.withinMinutes <= MAXIMUM_MINUTES_BESIDE,
      'free.withinMinutes',
      'OUT_OF_RANGE',
      `Use 0 to ${MAXIMUM_MINUTES_BESIDE}.`,
    );
  }
  if (wrong.length > 0) throw invalidArguments(wrong);
}
