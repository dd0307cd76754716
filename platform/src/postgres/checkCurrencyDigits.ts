import type { Pool } from 'pg';
import { ConfigurationError } from '../config/environment.js';
import { CURRENCIES, ONCE_TOLD_OTHERWISE, WITHDRAWN_CURRENCIES } from '../values/currencies.js';

/**
 * Makes sure that a database's amounts are meant with the digits that our table of ISO 4217 has: the database remembers the
 * digits of every currency in `currency_digits`. A currency of which it held amounts when the runtime was still asked is not
 * in there until an operator has put it.
 * @throws ConfigurationError that names the currencies.
 */
export async function checkCurrencyDigits(pool: Pool, database: string): Promise<void> {
  const known = [...CURRENCIES, ...WITHDRAWN_CURRENCIES];
  const certain = known.filter(([currency]) => !ONCE_TOLD_OTHERWISE.includes(currency));
  await pool.query(
    `insert into currency_digits (currency, digits) select * from unnest($1::text[], $2::smallint[])
     on conflict (currency) do nothing`,
    [certain.map(([currency]) => currency), certain.map(([, digits]) => digits)],
  );
  const { rows } = await pool.query<{ currency: string; digits: number }>(
    'select currency, digits from currency_digits',
  );
  const stored = new Map(rows.map(({ currency, digits }) => [currency, digits]));
  const wrong = known.filter(([currency, digits]) => stored.get(currency) !== digits).map(([code]) => code);
  if (wrong.length === 0) return;
  throw new ConfigurationError(
    `The database of ${database} holds amounts in ${wrong.join(', ')} that may be meant with other minor units than ` +
      'those of ISO 4217. Convert them and note the digits in currency_digits, as docs/deployment.md says under "Minor units".',
  );
}
