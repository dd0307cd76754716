import type { Queryable } from '@foyer/kafka';
import { inBatches, isId } from '@foyer/platform';
import { RESERVATION_COLUMNS, RESERVATION_TABLES, type ReservationRow } from './reservationRow.js';

const findById = inBatches<Queryable, ReservationRow>(async (sql, ids) => {
  const rows = await sql.query<ReservationRow>(
    `select ${RESERVATION_COLUMNS} from ${RESERVATION_TABLES} where r.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
});

/** @returns null when there is none with this id. */
export function findReservation(sql: Queryable, id: string): Promise<ReservationRow | null> {
  return isId(id) ? findById(sql, id.toLowerCase()) : Promise.resolve(null);
}

/** @returns null when there is none with this code. */
export async function findReservationByCode(sql: Queryable, code: string): Promise<ReservationRow | null> {
  const [row] = await sql.query<ReservationRow>(
    `select ${RESERVATION_COLUMNS} from ${RESERVATION_TABLES} where o.code = $1`,
    [code],
  );
  return row ?? null;
}
