import { defineStateMachine, notInState } from '@foyer/platform/domain';

/** How far a restaurant is on its way. */
export type RestaurantStatus = 'DRAFT' | 'PUBLISHED' | 'CLOSED';

/** A closed restaurant may open again. */
export const restaurantStatus = defineStateMachine<RestaurantStatus>({
  name: 'restaurant status',
  initial: 'DRAFT',
  transitions: {
    DRAFT: ['PUBLISHED'],
    PUBLISHED: ['CLOSED'],
    CLOSED: ['PUBLISHED'],
  },
});

/** @throws Refused `NotInState` when `from` can't become `to`. */
export function requireRestaurantTransition(from: RestaurantStatus, to: RestaurantStatus): void {
  if (restaurantStatus.allows(from, to)) return;
  throw notInState(`The restaurant is ${from} and can't become ${to}.`, from);
}
