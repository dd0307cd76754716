import type { AreaInput } from '../../domain/restaurants/readAreas.js';
import type {
  MenuCategory,
  OpenInterval,
  RestaurantDetails,
  WeekdayHours,
} from '../../domain/restaurants/restaurant.js';

/** `CreateRestaurantInput`, its defaults filled in. */
export interface CreateRestaurantInput extends RestaurantDetails {
  readonly organizationId: string;
  readonly slotMinutes: number;
  readonly hours: readonly WeekdayHours[];
  readonly areas: readonly AreaInput[];
}

/** Details that are given; null and undefined are not. */
export type GivenDetails = {
  readonly [Key in keyof RestaurantDetails]?: RestaurantDetails[Key] | null | undefined;
};

interface Change {
  readonly restaurantId: string;
  readonly keepReservations: boolean;
}

/** `UpdateRestaurantInput`. */
export type UpdateRestaurantInput = Change & GivenDetails;

/** `SetRestaurantHoursInput`. */
export interface SetHoursInput extends Change {
  readonly slotMinutes?: number | null;
  readonly hours: readonly WeekdayHours[];
}

/** `SetRestaurantExceptionInput`. */
export interface SetExceptionInput extends Change {
  readonly date: string;
  readonly intervals?: readonly OpenInterval[] | null;
}

/** `SetRestaurantAreasInput`. */
export interface SetAreasInput extends Change {
  readonly areas: readonly AreaInput[];
}

/** `SetMenuInput`. */
export interface SetMenuInput {
  readonly restaurantId: string;
  readonly categories: readonly MenuCategory[];
}
