import type { Queryable } from '@foyer/kafka';
import { RESERVATION_COLUMNS, RESERVATION_TABLES, type ReservationRow } from './reservationRow.js';

/** @returns null when there is none with this id. */
export async function findReservation(sql: Queryable, id: string): Promise<ReservationRow | null> {
  const [row] = await sql.query<ReservationRow>(
    `select ${RESERVATION_COLUMNS} from ${RESERVATION_TABLES} where r.id = $1`,
    [id],
  );
  return row ?? null;
}

/** @returns null when there is none with this code. */
export async function findReservationByCode(sql: Queryable, code: string): Promise<ReservationRow | null> {
  const [row] = await sql.query<ReservationRow>(
    `select ${RESERVATION_COLUMNS} from ${RESERVATION_TABLES} where o.code = $1`,
    [code],
  );
  return row ?? null;
}
