import { newId, pgTransaction, type SqlTransaction } from '@foyer/platform';
import { escapeIdentifier, type Pool } from 'pg';
import type { Projection } from './projection.js';

/** The tables that a rebuild fills, before they take the place of the projection's. */
export interface BesideTables {
  /** A schema of their own, with the names of the projection's tables in it. */
  readonly schema: string;
}

/** Where a rebuild notes which version of each aggregate is in the new tables. */
export const PROGRESS = 'rebuilt_version';

const prefixOf = ({ name }: Projection): string => `rebuild_${name.replaceAll('-', '_')}_`;

/**
 * Makes empty tables of the same shape, down to the names of their indexes, in a schema of their own. What earlier
 * rebuilds of the projection have left that did not come to their end is removed.
 *
 * @throws when a table has triggers, which would be lost.
 */
export async function makeBesideTables(pool: Pool, projection: Projection): Promise<BesideTables> {
  const schema = `${prefixOf(projection)}${newId().replaceAll('-', '').slice(-12)}`;
  await pgTransaction(pool, async (sql) => {
    const leftovers = await sql.query<{ name: string }>(
      'select nspname as name from pg_namespace where starts_with(nspname, $1)',
      [prefixOf(projection)],
    );
    for (const { name } of leftovers) await sql.query(`drop schema ${escapeIdentifier(name)} cascade`);
    await sql.query(`create schema ${schema}`);
    await sql.query(
      `create table ${schema}.${PROGRESS} (
         aggregate_type text not null, aggregate_id text not null, version bigint not null,
         at timestamptz not null, primary key (aggregate_type, aggregate_id))`,
    );
    for (const table of projection.tables)
      await copyShape(sql, `${projection.schema}.${table}`, schema, table);
  });
  return { schema };
}

async function copyShape(
  sql: SqlTransaction,
  original: string,
  schema: string,
  table: string,
): Promise<void> {
  const copy = `${schema}.${table}`;
  const triggers = await sql.query(
    'select from pg_trigger where tgrelid = $1::regclass and not tgisinternal',
    [original],
  );
  if (triggers.length > 0) throw new Error(`${original} has triggers; a rebuild would lose them.`);
  await sql.query(`create table ${copy} (like ${original} including all)`);
  const [owner] = await sql.query<{ owner: string }>(
    'select pg_get_userbyid(relowner) as owner from pg_class where oid = $1::regclass',
    [original],
  );
  await sql.query(`alter table ${copy} owner to ${escapeIdentifier(owner?.owner ?? '')}`);
  const grants = await sql.query<{ grantee: string; privilege: string }>(
    `select case when g.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end as grantee,
            g.privilege_type as privilege
     from pg_class c cross join lateral aclexplode(c.relacl) g where c.oid = $1::regclass`,
    [original],
  );
  for (const { grantee, privilege } of grants) await sql.query(`grant ${privilege} on ${copy} to ${grantee}`);
  await nameIndexes(sql, original, copy, schema);
}

interface Index {
  readonly name: string;
  /** What it indexes, without its name and its table's. */
  readonly definition: string;
}

/** Gives the copy's indexes the names of the original's: Postgres has made up others. */
async function nameIndexes(
  sql: SqlTransaction,
  original: string,
  copy: string,
  schema: string,
): Promise<void> {
  const read = (table: string): Promise<readonly Index[]> =>
    sql.query<Index>(
      `select c.relname as name,
              i.indisunique || substring(pg_get_indexdef(i.indexrelid) from ' USING .*') as definition
       from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = $1::regclass order by c.oid`,
      [table],
    );
  const wanted = [...(await read(original))];
  const given = await read(copy);
  // First out of each other's way.
  for (const [nr, { name }] of given.entries()) await rename(sql, schema, name, `renamed_${nr}`);
  for (const [nr, { definition }] of given.entries()) {
    const like = wanted.findIndex((each) => each.definition === definition);
    const [partner] = wanted.splice(like, 1);
    if (like < 0 || partner === undefined) throw new Error(`${copy} has an index that ${original} has not`);
    await rename(sql, schema, `renamed_${nr}`, partner.name);
  }
}

async function rename(sql: SqlTransaction, schema: string, from: string, to: string): Promise<void> {
  await sql.query(`alter index ${schema}.${escapeIdentifier(from)} rename to ${escapeIdentifier(to)}`);
}
