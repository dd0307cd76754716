import {
  defineHandler,
  ReservationCancelled,
  ReservationChanged,
  ReservationCompleted,
  ReservationConfirmed,
  ReservationCreated,
  ReservationNoShow,
  ReservationSeated,
  type EventHandler,
} from '@foyer/kafka';

/** Keeps the catalog's copy of reservations: which stand when a restaurant changes, and who has dined. */
export function reservationHandlers(): readonly EventHandler<unknown>[] {
  return [
    ReservationCreated,
    ReservationChanged,
    ReservationConfirmed,
    ReservationCancelled,
    ReservationSeated,
    ReservationCompleted,
    ReservationNoShow,
  ].map((definition) =>
    defineHandler(definition, {
      // One name for all: they write the same row.
      name: 'reservation-copy',
      handle: async ({ data }, { sql }) => {
        await sql.query(
          `insert into reservation (id, code, restaurant_id, area_id, starts_at, ends_at, party_size, user_id, status)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           on conflict (id) do update set area_id = excluded.area_id, starts_at = excluded.starts_at,
             ends_at = excluded.ends_at, party_size = excluded.party_size, user_id = excluded.user_id,
             status = excluded.status`,
          [
            data.reservationId,
            data.code,
            data.restaurantId,
            data.areaId,
            data.startsAt,
            data.endsAt,
            data.partySize,
            data.userId,
            data.status,
          ],
        );
      },
    }),
  );
}
