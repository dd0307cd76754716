import { requireOrganizationRight } from '@foyer/kafka';
import { InputCheck, isId, newId, notFound, notInState, requireUser, withRefusals } from '@foyer/platform';
import { normalizeCategories } from '../../domain/checkDetails.js';
import {
  checkExceptions,
  checkHours,
  checkSlot,
  withException,
} from '../../domain/restaurants/checkHours.js';
import { isTimeZone } from '../../domain/isTimeZone.js';
import { checkMenu, normalizeMenu } from '../../domain/restaurants/checkMenu.js';
import { checkRestaurant } from '../../domain/restaurants/checkRestaurant.js';
import { readAreas } from '../../domain/restaurants/readAreas.js';
import { requirePublishable } from '../../domain/restaurants/requirePublishable.js';
import type { Restaurant } from '../../domain/restaurants/restaurant.js';
import { requireRestaurantTransition } from '../../domain/restaurants/restaurantStatus.js';
import { wallMoment } from '../../domain/restaurants/wallClock.js';
import type { CatalogContext, CatalogServices } from '../context.js';
import { EDITORS } from '../visibility.js';
import { editRestaurant } from './editRestaurant.js';
import { givenDetails } from './givenDetails.js';
import type {
  CreateRestaurantInput,
  SetAreasInput,
  SetExceptionInput,
  SetHoursInput,
  SetMenuInput,
  UpdateRestaurantInput,
} from './restaurantInputs.js';

interface Input<Value> {
  readonly input: Value;
}

/** Mutations of restaurants. */
export function restaurantMutations(services: CatalogServices) {
  const { store, restaurants, clock } = services;
  return {
    createRestaurant: withRefusals(
      async (_: unknown, { input }: Input<CreateRestaurantInput>, context: CatalogContext) => {
        const user = requireUser(context.identity);
        const { organizationId, hours, areas, slotMinutes, ...given } = input;
        if (!isId(organizationId)) throw notFound('organization', organizationId);
        await requireOrganizationRight(store.copies, user, { organizationId, roles: EDITORS });
        const details = { ...given, cuisines: normalizeCategories(given.cuisines) };
        const check = new InputCheck();
        checkRestaurant(check, details);
        checkSlot(check, slotMinutes);
        checkHours(check, hours);
        const read = readAreas(check, areas, []);
        await noteUnknownTimeZone(check, details.timeZone);
        check.done();
        const restaurant = await restaurants.create(
          {
            id: newId(),
            organizationId,
            ...details,
            status: 'DRAFT',
            schedule: { slotMinutes, hours, exceptions: [] },
            areas: read,
            menu: [],
            dietary: [],
            publishedAt: null,
            reviewCount: 0,
            ratingSum: 0,
          },
          user.userId,
        );
        return { __typename: 'RestaurantPayload', restaurant };
      },
    ),

    updateRestaurant: withRefusals(
      async (_: unknown, { input }: Input<UpdateRestaurantInput>, context: CatalogContext) => {
        const { restaurantId, keepReservations, ...given } = input;
        const zone = new InputCheck();
        if (given.timeZone) await noteUnknownTimeZone(zone, given.timeZone);
        return editRestaurant(services, context, restaurantId, { keepReservations }, (present) => {
          zone.done();
          const restaurant: Restaurant = { ...present, ...givenDetails(given) };
          if (restaurant.currency !== present.currency && present.publishedAt !== null)
            throw notInState('The currency can be changed only before it is published.', present.status);
          const check = new InputCheck();
          checkRestaurant(check, restaurant);
          check.done();
          return restaurant;
        });
      },
    ),

    setRestaurantHours: withRefusals((_: unknown, { input }: Input<SetHoursInput>, context: CatalogContext) =>
      editRestaurant(services, context, input.restaurantId, input, (present) => {
        const slotMinutes = input.slotMinutes ?? present.schedule.slotMinutes;
        const check = new InputCheck();
        checkSlot(check, slotMinutes);
        checkHours(check, input.hours);
        check.done();
        return { ...present, schedule: { ...present.schedule, slotMinutes, hours: input.hours } };
      }),
    ),

    setRestaurantException: withRefusals(
      (_: unknown, { input }: Input<SetExceptionInput>, context: CatalogContext) =>
        editRestaurant(services, context, input.restaurantId, input, (present) => {
          const { date, intervals = null } = input;
          const today = wallMoment(clock.now(), present.timeZone).date;
          const exceptions = withException(present.schedule.exceptions, { date, intervals }, today);
          const schedule = { ...present.schedule, exceptions };
          const check = new InputCheck();
          checkExceptions(check, schedule, { date, intervals: intervals ?? [] }, today);
          check.done();
          return { ...present, schedule };
        }),
    ),

    setRestaurantAreas: withRefusals((_: unknown, { input }: Input<SetAreasInput>, context: CatalogContext) =>
      editRestaurant(services, context, input.restaurantId, input, (present) => {
        const check = new InputCheck();
        const areas = readAreas(check, input.areas, present.areas);
        check.done();
        return { ...present, areas };
      }),
    ),

    setMenu: withRefusals((_: unknown, { input }: Input<SetMenuInput>, context: CatalogContext) =>
      editRestaurant(
        services,
        context,
        input.restaurantId,
        { keepReservations: true, tells: 'menu' },
        (present) => {
          const check = new InputCheck();
          checkMenu(check, input.categories);
          check.done();
          return { ...present, menu: normalizeMenu(input.categories) };
        },
      ),
    ),

    publishRestaurant: withRefusals(
      (_: unknown, { restaurantId }: { readonly restaurantId: string }, context: CatalogContext) =>
        editRestaurant(services, context, restaurantId, { keepReservations: true }, (present) => {
          requireRestaurantTransition(present.status, 'PUBLISHED');
          requirePublishable(present);
          return { ...present, status: 'PUBLISHED', publishedAt: present.publishedAt ?? clock.now() };
        }),
    ),

    closeRestaurant: withRefusals(
      (
        _: unknown,
        input: { readonly restaurantId: string; readonly keepReservations: boolean },
        context: CatalogContext,
      ) =>
        editRestaurant(services, context, input.restaurantId, input, (present) => {
          requireRestaurantTransition(present.status, 'CLOSED');
          return { ...present, status: 'CLOSED' };
        }),
    ),
  };

  /** The database judges times of every restaurant in search: it must know the zone too. */
  async function noteUnknownTimeZone(check: InputCheck, timeZone: string): Promise<void> {
    check.require(
      !isTimeZone(timeZone) || (await restaurants.knowsTimeZone(timeZone)),
      'input.timeZone',
      'UNKNOWN_TIME_ZONE',
      'Use an IANA time zone, such as Asia/Ho_Chi_Minh.',
    );
  }
}
