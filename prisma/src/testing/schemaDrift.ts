import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { connect } from '../connect.js';
import type { DatabaseName } from '../databases.js';
import { runEngineThread } from '../engineThread.js';

/** What the thread is given. */
export interface DriftJob {
  readonly url: string;
  /** Text of schema.prisma. */
  readonly schema: string;
}

/** What a generated client stumbles over. A column, index, default or key that only SQL knows does not matter to it. */
const MATTERS = /CREATE TABLE|ADD COLUMN|CREATE TYPE|ADD VALUE|SET DATA TYPE|(SET|DROP) NOT NULL/;

/**
 * Compares schema.prisma with a migrated database and gives the lines of SQL that would make the database what
 * the schema says, `[]` when they agree or there is no schema: a table or column that is missing, or of another
 * type, or nullable in one of the two.
 */
export async function findSchemaDrift(url: string, name: DatabaseName): Promise<string[]> {
  const file = join(__dirname, '..', '..', name, 'schema.prisma');
  if (!existsSync(file)) {
    return [];
  }
  const job: DriftJob = { url, schema: readFileSync(file, 'utf8') };
  const script = await runEngineThread<string>(join(__dirname, 'diffWorker.js'), job);
  const generated = await findGeneratedColumns(url);
  const harmless = (line: string): boolean =>
    generated.some((column) => line.includes(`ALTER COLUMN "${column}" DROP NOT NULL`));
  return script.split('\n').filter((line) => MATTERS.test(line) && !harmless(line));
}

/** Nobody writes these, so that schema.prisma may call them optional: it must, where it does not know their type. */
async function findGeneratedColumns(url: string): Promise<string[]> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE is_generated = 'ALWAYS'`,
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
