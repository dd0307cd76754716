import type { Database } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/catalog';

const CHUNK = 10_000;
/** Days that are over everywhere on Earth, and their nights too. */
const KEPT_DAYS = 3;

/** Removes what was free on days that are over. @returns how many rows. */
export async function removePastDays(pool: Database<PrismaClient>['pool'], now: Date): Promise<number> {
  let removed = 0;
  for (let count = CHUNK; count === CHUNK; removed += count) {
    const { rowCount } = await pool.query(
      `delete from free_day where ctid = any (array(
         select ctid from free_day where day < $1::timestamptz::date - ${KEPT_DAYS} limit ${CHUNK}
       ))`,
      [now],
    );
    count = rowCount ?? 0;
  }
  return removed;
}
