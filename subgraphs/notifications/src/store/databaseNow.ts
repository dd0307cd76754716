import { invariant, type SqlTransaction } from '@foyer/platform';

/** The present instant by the clock that all processes share. */
export async function databaseNow(sql: Pick<SqlTransaction, 'query'>): Promise<Date> {
  const [row] = await sql.query<{ now: Date }>('select foyer_now() as now');
  invariant(row, 'the database tells no time');
  return row.now;
}
