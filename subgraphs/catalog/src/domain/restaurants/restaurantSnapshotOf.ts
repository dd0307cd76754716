import type { Restaurant } from './restaurant.js';

/** What others are told of a restaurant, as the contract `RestaurantSnapshot` has it. */
export function restaurantSnapshotOf(restaurant: Restaurant) {
  const { id, deposit, currency } = restaurant;
  return {
    restaurantId: id,
    organizationId: restaurant.organizationId,
    name: restaurant.name,
    status: restaurant.status,
    address: restaurant.address,
    city: restaurant.city,
    zipCode: restaurant.zipCode,
    location: restaurant.location,
    timeZone: restaurant.timeZone,
    cuisines: [...restaurant.cuisines],
    priceRange: restaurant.priceRange,
    schedule: {
      slotMinutes: restaurant.schedule.slotMinutes,
      hours: [...restaurant.schedule.hours],
      exceptions: restaurant.schedule.exceptions.map(({ date, intervals }) => ({
        date,
        intervals: [...intervals],
      })),
    },
    seating: { ...restaurant.seating, durations: [...restaurant.seating.durations] },
    areas: restaurant.areas.map((area) => ({
      ...area,
      tables: [...area.tables],
      joins: area.joins.map((join) => [...join]),
    })),
    deposit: { amount: deposit, currency },
    cancellation: restaurant.cancellation,
    limitPerPersonAndDay: restaurant.limitPerPersonAndDay,
  };
}

/** What others are told of a menu, as the contract of `menu.updated` has it. */
export function menuSnapshotOf({ id, organizationId, menu, currency }: Restaurant) {
  return {
    restaurantId: id,
    organizationId,
    categories: menu.map(({ name, items }) => ({
      name,
      items: items.map((item) => ({
        ...item,
        price: { amount: item.price, currency },
        allergens: [...item.allergens],
        dietary: [...item.dietary],
      })),
    })),
  };
}
