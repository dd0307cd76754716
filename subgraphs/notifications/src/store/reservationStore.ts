import type { SqlTransaction } from '@foyer/platform';
import type { Reservation } from '../domain/reservation/reservation.js';
import type { Told } from '../domain/reservation/told.js';

type Sql = Pick<SqlTransaction, 'query'>;

/** A reservation, and what its guest knows of it. */
export interface KnownReservation {
  readonly snapshot: Reservation;
  /** null: nothing yet. */
  readonly told: Told | null;
  /** null: no reminder is to come. */
  readonly remindAt: Date | null;
}

const COLUMNS = `snapshot, told, remind_at as "remindAt"`;

/** @returns null when orders have not told of it. */
export async function findReservation(sql: Sql, reservationId: string): Promise<KnownReservation | null> {
  const [row] = await sql.query<KnownReservation>(
    `select ${COLUMNS} from reservation where reservation_id = $1`,
    [reservationId],
  );
  return row ?? null;
}

/** Keeps a reservation as it is now, and when its guest is to be reminded. */
export async function saveReservation(
  sql: Sql,
  { snapshot, told, remindAt }: KnownReservation,
): Promise<void> {
  await sql.query(
    `insert into reservation (reservation_id, snapshot, told, remind_at) values ($1, $2, $3, $4)
     on conflict (reservation_id) do update
       set snapshot = excluded.snapshot, told = excluded.told, remind_at = excluded.remind_at`,
    [snapshot.reservationId, JSON.stringify(snapshot), told && JSON.stringify(told), remindAt],
  );
}

/** Takes the reminder that is due the longest, which is then done with. @returns null when none is due. */
export async function takeDueReminder(sql: Sql): Promise<Reservation | null> {
  const [row] = await sql.query<{ snapshot: Reservation }>(
    `update reservation set remind_at = null where reservation_id = (
       select reservation_id from reservation where remind_at <= foyer_now()
       order by remind_at limit 1 for update skip locked
     ) returning snapshot`,
  );
  return row?.snapshot ?? null;
}

/** Puts a reminder off that could not be made. @param minutes from now. */
export async function putReminderOff(sql: Sql, reservationId: string, minutes: number): Promise<void> {
  await sql.query(
    `update reservation set remind_at = foyer_now() + $2 * interval '1 minute'
     where reservation_id = $1 and remind_at is not null`,
    [reservationId, minutes],
  );
}
