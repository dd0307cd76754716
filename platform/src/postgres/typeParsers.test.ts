import type { Pool } from 'pg';

import { createPool } from './pool.js';

let pool: Pool;

beforeAll(() => {
  pool = createPool(process.env['FOYER_TEST_POSTGRES_URL'] as string, { max: 1, applicationName: 'test' });
});

afterAll(() => pool.end());

test.each([
  ['7::int4', 7],
  ['9007199254740993::int8', 9007199254740993n],
  ['count(*)', 1n],
  [`ARRAY[1, NULL]::int8[]`, [1n, null]],
  ['1.10::numeric', '1.10'],
  [`ARRAY['1.10']::numeric[]`, ['1.10']],
  [`'2026-01-31 12:00:00+07'::timestamptz`, new Date('2026-01-31T05:00:00Z')],
  [`'2026-01-31 12:00:00'::timestamp`, new Date('2026-01-31T12:00:00Z')],
  [`ARRAY['2026-01-31 12:00:00']::timestamp[]`, [new Date('2026-01-31T12:00:00Z')]],
  [`'infinity'::timestamp`, Infinity],
  [`'2026-01-31'::date`, '2026-01-31'],
  [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
  [`'\\x00ff'::bytea`, Buffer.from([0, 255])],
  [`current_setting('timezone')`, 'UTC'],
  ['NULL::int8', null],
])('%s', async (expression, expected) => {
  const { rows } = await pool.query<{ value: unknown }>(`SELECT ${expression} AS value`);
  expect(rows[0]?.value).toEqual(expected);
});
