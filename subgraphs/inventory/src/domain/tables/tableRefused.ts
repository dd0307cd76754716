import type { AvailabilityState } from '../availabilityState.js';
import type { HoldRefusalCode, HoldRefused, TableWish } from '../requests.js';

const STATES: ReadonlySet<string> = new Set<AvailabilityState>([
  'HELD',
  'SOLD_OUT',
  'NOT_ON_SALE',
  'SALE_ENDED',
]);

/** The refusal of a table. What would work instead is looked for when somebody asks (`freeTimes`). */
export function tableRefused(code: HoldRefusalCode, message: string, wish: TableWish): HoldRefused {
  return {
    __typename: 'HoldRefused',
    code,
    message,
    offerId: wish.offerIds[0] ?? null,
    available: null,
    state: STATES.has(code) ? (code as AvailabilityState) : null,
    wish,
  };
}
