import { connect } from '../connect.js';

/**
 * Gives what the database itself guards and schema.prisma cannot say, one line each, sorted: CHECK and EXCLUDE
 * constraints, partial and expression indexes, triggers. These stand only in the SQL migrations, so that nothing
 * else would notice if one got lost.
 */
export async function listGuards(url: string): Promise<string[]> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ guard: string }>(GUARDS);
    return rows.map(({ guard }) => guard);
  } finally {
    await client.end();
  }
}

const GUARDS = `
  WITH guards AS (
    SELECT connamespace AS namespace, conrelid AS relation,
           conname || ' ' || pg_get_constraintdef(oid) AS definition
      FROM pg_constraint
     WHERE contype IN ('c', 'x') AND conrelid <> 0
    UNION ALL
    SELECT relnamespace, indrelid,
           relname || ' ' || regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (UNIQUE )?INDEX .* USING', '\\1INDEX')
      FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE (indpred IS NOT NULL OR indexprs IS NOT NULL)
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype = 'x')
    UNION ALL
    SELECT relnamespace, tgrelid,
           tgname || ' TRIGGER ' || regexp_replace(pg_get_triggerdef(pg_trigger.oid), '^.* TRIGGER \\S+ ', '')
      FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
     WHERE NOT tgisinternal
  )
  SELECT (nspname || '.' || relname || ': ' || definition) COLLATE "C" AS guard
    FROM guards
    JOIN pg_namespace ON pg_namespace.oid = namespace
    JOIN pg_class ON pg_class.oid = relation
   WHERE nspname NOT IN ('pg_catalog', 'information_schema')
   ORDER BY guard`;
