import {
  defineHandler,
  WaitlistLapsed,
  WaitlistLeft,
  WaitlistOffered,
  type EventHandler,
  type Queryable,
} from '@foyer/kafka';

// One name for all: they write the same row.
const name = 'waitlist-offer';

/** Keeps which tables inventory holds for whom, so that they can be taken: what a reservation is for is recorded first. */
export function onWaitlistOffer(): readonly EventHandler[] {
  return [
    defineHandler(WaitlistOffered, {
      name,
      async handle({ data }, { sql }) {
        await sql.query(
          `insert into waitlist_offer (entry_id, user_id, restaurant_id, area_id, starts_at, ends_at, party_size,
             expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (entry_id) do update set area_id = excluded.area_id, starts_at = excluded.starts_at,
             ends_at = excluded.ends_at, party_size = excluded.party_size, expires_at = excluded.expires_at`,
          [
            data.entryId,
            data.userId,
            data.restaurantId,
            data.areaId,
            data.startsAt,
            data.endsAt,
            data.partySize,
            data.expiresAt,
          ],
        );
      },
    }),
    defineHandler(WaitlistLapsed, { name, handle: ({ data }, { sql }) => forget(sql, data.entryId) }),
    defineHandler(WaitlistLeft, { name, handle: ({ data }, { sql }) => forget(sql, data.entryId) }),
  ];
}

async function forget(sql: Queryable, entryId: string): Promise<void> {
  await sql.query(`delete from waitlist_offer where entry_id = $1`, [entryId]);
}
