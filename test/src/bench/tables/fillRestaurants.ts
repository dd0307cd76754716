import type { createPool } from '@foyer/platform';

type Pool = ReturnType<typeof createPool>;

/** Days of which the copy tells what is free. */
export const DAYS = 14;
/** The middle of the circle in which all restaurants are. */
export const MIDDLE = { latitude: 10.7769, longitude: 106.7009 } as const;
/** Metres around it. */
export const AROUND = 20_000;
/** The first of the days; no restaurant there ever changes its clock. */
const FIRST_DAY = '2030-06-03';
/** The last day: an evening on which hardly anything is left. */
const BUSY_DAY = DAYS - 1;

/** Half past seven on one of the days, on the restaurants' clocks. */
export function halfPastSeven(day: number): Date {
  return new Date(Date.parse(`${FIRST_DAY}T12:30:00Z`) + day * 86_400_000);
}

/** A day like any other: three in ten restaurants have a table for four at half past seven. */
export const QUIET_EVENING = halfPastSeven(4);
/** One in fifty has. */
export const BUSY_EVENING = halfPastSeven(BUSY_DAY);

/**
 * Adds restaurants, all published, spread evenly over a circle, and what is free at each on 14 days: every half hour from
 * 11:00 to 21:30, for some party sizes or none. Which are free is drawn from 300 patterns a day.
 * @param upTo how many there are to be in all; those that are there already stay.
 */
export async function fillRestaurants(pool: Pool, upTo: number): Promise<void> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::integer as count from restaurant');
  for (let present = rows[0]?.count ?? 0; present < upTo;) {
    const next = Math.min(upTo, present + STEP);
    await pool.query(RESTAURANTS, [next, MIDDLE.latitude, MIDDLE.longitude, AROUND, present]);
    await pool.query(FREE, [FIRST_DAY, DAYS, BUSY_DAY]);
    present = next;
  }
  await pool.query('vacuum analyze restaurant');
  await pool.query('vacuum analyze free_day');
}

/** So many at once stay within the time that a statement may take. */
const STEP = 2000;

const RESTAURANTS = `
  insert into restaurant (
    id, organization_id, status, name, description, language, address, city, zip_code, latitude, longitude, time_zone,
    cuisines, price_range, currency, slot_minutes, hours, exceptions, durations, minimum_party, maximum_party,
    horizon_days, notice_minutes, areas, deposit, free_until_hours, then_percent, limit_per_person_and_day, menu,
    created_by, created_at, updated_at, published_at, review_count, rating_sum
  )
  select gen_random_uuid(), gen_random_uuid(), 'PUBLISHED',
    (array['Blue', 'Old', 'Little', 'Golden', 'Quiet', 'Lucky'])[1 + n % 6] || ' ' ||
      (array['Lotus', 'Harbour', 'Garden', 'Lantern', 'Bamboo', 'River', 'Tiger'])[1 + n % 7] || ' ' || n,
    'Fresh dishes and friendly people at the corner of the street', 'en', n || ' Street', 'Hồ Chí Minh', '700000',
    $2 + degrees($4 * sqrt(far) * cos(angle) / 6371008.8),
    $3 + degrees($4 * sqrt(far) * sin(angle) / 6371008.8 / cosd($2)), 'Asia/Ho_Chi_Minh',
    array[
      (array['vietnamese', 'japanese', 'italian', 'french', 'indian', 'thai', 'korean', 'chinese'])[1 + n % 8],
      (array['seafood', 'grill', 'noodles', 'vegetarian', 'bar'])[1 + n % 5]
    ],
    1 + n % 4, 'VND', 30,
    (select jsonb_agg(jsonb_build_object('weekday', d, 'opens', '11:00', 'closes', '23:00')) from generate_series(1, 7) as d),
    '[]', '[{"upToPartySize": 8, "minutes": 90}]', 1, 8, 60, 30, '[]', 0, 24, 100, 2, '[]',
    gen_random_uuid(), now(), now(), now(), reviews, reviews + (random() * 4 * reviews)::integer
  from (
    select n, random() as far, 2 * pi() * random() as angle, (random() * 300)::integer as reviews
    from generate_series(1 + $5::integer, $1::integer) as n
  ) as drawn`;

/** The codes are those of the catalog's freeCode: five-minute steps since 1970, times 64, plus the party size. */
const FREE = `
  with slot as (
    select day, pattern,
      (extract(epoch from $1::date + day)::bigint / 300 + 12 * 4 + step * 6)::integer * 64 as code,
      (array[2, 4, 4, 6, 8])[1 + floor(random() * 5)::integer] as largest, random() as luck
    from generate_series(0, $2::integer - 1) as day, generate_series(0, 299) as pattern, generate_series(0, 21) as step
  ), pattern as (
    select day, pattern, range_agg(int4range(code + 1, code + largest + 1)) as free
    from slot where luck < case when day = $3::integer then 0.025 else 0.375 end
    group by day, pattern
  )
  insert into free_day (restaurant_id, day, late, free)
  select r.id, $1::date + p.day, false, p.free
  from restaurant r, generate_series(0, $2::integer - 1) as d, pattern p
  where p.day = d and p.pattern = abs(hashtext(r.id::text || d)) % 300
    and not exists (select from free_day f where f.restaurant_id = r.id)`;
