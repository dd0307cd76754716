import { normalText } from '@foyer/platform';
import type { Prisma } from '@foyer/prisma/catalog';
import type {
  Area,
  HoursException,
  MenuCategory,
  Restaurant,
  RestaurantDetails,
  Seating,
  WeekdayHours,
} from '../../domain/restaurants/restaurant.js';
import type { RestaurantStatus } from '../../domain/restaurants/restaurantStatus.js';

/** A restaurant as Prisma reads it. */
export type RestaurantRow = Prisma.RestaurantGetPayload<object>;

/** A restaurant from its row. The columns of JSON hold what `restaurantColumns` wrote. */
export function restaurantOf(row: RestaurantRow): Restaurant {
  return {
    id: row.id,
    organizationId: row.organizationId,
    status: row.status as RestaurantStatus,
    name: row.name,
    description: row.description,
    language: row.language,
    address: row.address,
    city: row.city,
    zipCode: row.zipCode,
    location: { latitude: row.latitude, longitude: row.longitude },
    timeZone: row.timeZone,
    cuisines: row.cuisines,
    priceRange: row.priceRange,
    currency: row.currency,
    schedule: {
      slotMinutes: row.slotMinutes,
      hours: row.hours as unknown as readonly WeekdayHours[],
      exceptions: row.exceptions as unknown as readonly HoursException[],
    },
    seating: {
      durations: row.durations as unknown as Seating['durations'],
      minimumParty: row.minimumParty,
      maximumParty: row.maximumParty,
      horizonDays: row.horizonDays,
      noticeMinutes: row.noticeMinutes,
    },
    areas: row.areas as unknown as readonly Area[],
    deposit: Number(row.deposit),
    cancellation: { freeUntilHours: row.freeUntilHours, thenPercent: row.thenPercent },
    limitPerPersonAndDay: row.limitPerPersonAndDay,
    menu: row.menu as unknown as readonly MenuCategory[],
    dietary: row.dietary,
    publishedAt: row.publishedAt,
    reviewCount: row.reviewCount,
    ratingSum: row.ratingSum,
  };
}

/** The columns that say what a restaurant is; rating and what Postgres generates aside. */
export function restaurantColumns({ seating, schedule, cancellation, ...restaurant }: Restaurant) {
  return {
    status: restaurant.status,
    name: normalText(restaurant.name),
    description: restaurant.description.trim(),
    language: restaurant.language,
    address: restaurant.address.trim(),
    city: restaurant.city.trim(),
    zipCode: restaurant.zipCode.trim(),
    ...restaurant.location,
    timeZone: restaurant.timeZone,
    cuisines: [...restaurant.cuisines],
    priceRange: restaurant.priceRange,
    currency: restaurant.currency,
    slotMinutes: schedule.slotMinutes,
    hours: json(schedule.hours),
    exceptions: json(schedule.exceptions),
    durations: json(seating.durations),
    minimumParty: seating.minimumParty,
    maximumParty: seating.maximumParty,
    horizonDays: seating.horizonDays,
    noticeMinutes: seating.noticeMinutes,
    areas: json(restaurant.areas),
    deposit: BigInt(restaurant.deposit),
    ...cancellation,
    limitPerPersonAndDay: restaurant.limitPerPersonAndDay,
    menu: json(restaurant.menu),
    publishedAt: restaurant.publishedAt,
  } satisfies Partial<Prisma.RestaurantUncheckedCreateInput> & RestaurantDetailColumns;
}

/** Every detail has its column. */
type RestaurantDetailColumns = Readonly<
  Record<Exclude<keyof RestaurantDetails, 'location' | 'seating' | 'cancellation'>, unknown>
>;

function json(value: readonly unknown[]): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}
