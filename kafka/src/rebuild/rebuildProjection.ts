import { pgTransaction, type SubgraphName } from '@foyer/platform';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { readArchive } from '../archive/readArchive.js';
import { queryable } from '../copies/queryable.js';
import { createApplyArchived } from './applyArchived.js';
import { makeBesideTables } from './besideTables.js';
import { catchUp } from './catchUp.js';
import type { Projection } from './projection.js';
import { RebuildError } from './rebuildError.js';
import { openSources, refuseGaps } from './sources.js';
import { lockProjection, swapTables } from './swapTables.js';

/** How far a rebuild has come. `swapping`: everything is locked and in place, and not yet committed. */
export type RebuildStep = 'prepared' | 'copied' | 'caught-up' | 'swapping' | 'swapped';

export interface RebuildOptions {
  readonly projection: Projection;
  /** Connections to the database that the projection is in: at least two. */
  readonly pool: Pool;
  /** Connections to the database of a publisher. */
  readonly open: (owner: SubgraphName) => Promise<Pool>;
  /** Rebuilds from what there is though the archive lacks events. */
  readonly acceptGaps?: boolean;
  /** Ids of events that are passed over. */
  readonly skip?: readonly string[];
  /** Told of every step, and of every batch copied with the number of events so far; it is waited for. */
  readonly onStep?: (step: RebuildStep, events: number) => Promise<void> | void;
}

const LAST_FEW = 100;
const SWAP_TRIES = 30;

/**
 * Builds a projection's tables anew from the archives of those who publish its events, while the live handlers go on,
 * and puts them in the place of the old ones in one transaction. Until that has committed the projection is as it was:
 * a rebuild that ends anywhere before leaves a schema behind, which the next one removes.
 *
 * What arrives meanwhile is not lost: the live handlers note the version they have applied of each aggregate, and with
 * them held up, all that the new tables lack of it is fetched from the archive before the swap.
 *
 * @returns how many events were applied.
 * @throws RebuildError when the archive lacks events, one can't be applied, or another rebuild of it is running.
 */
export async function rebuildProjection(options: RebuildOptions): Promise<number> {
  const { projection, pool } = options;
  const guard = await pool.connect();
  // A connection that breaks gives its lock back; whoever rebuilds then removes our tables, and we fail.
  guard.on('error', () => undefined);
  try {
    const { rows } = await guard.query<{ granted: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as granted',
      [`foyer-rebuild-${projection.name}`],
    );
    if (rows[0]?.granted !== true) throw new RebuildError(`${projection.name} is being rebuilt already.`);
    return await rebuild(options);
  } finally {
    guard.release(true);
  }
}

async function rebuild({
  projection,
  pool,
  open,
  acceptGaps = false,
  skip = [],
  onStep = () => undefined,
}: RebuildOptions): Promise<number> {
  const sources = await openSources(projection, open);
  if (!acceptGaps) await refuseGaps(sources);
  const { schema } = await makeBesideTables(pool, projection);
  const apply = createApplyArchived(projection.handlers(schema), schema, new Set(skip));
  await onStep('prepared', 0);

  let events = 0;
  for (const source of sources) {
    for await (const batch of readArchive(source.pool, source)) {
      await pgTransaction(pool, (sql) => apply(sql, batch));
      events += batch.length;
      await onStep('copied', events);
    }
  }
  for (const table of projection.tables) await pool.query(`analyze ${schema}.${table}`);

  const catching = { sources, handler: projection.name, schema, acceptGaps };
  // As long as it helps: what comes as fast as it is fetched is left for the moment when nothing comes.
  let [before, lagging] = [Infinity, Infinity];
  do {
    before = lagging;
    lagging = await catchUp(
      queryable(pool),
      (batch) => pgTransaction(pool, (sql) => apply(sql, batch)),
      catching,
    );
    events += lagging;
  } while (lagging > LAST_FEW && lagging < before / 2);
  await onStep('caught-up', events);

  await withRetries(() =>
    pgTransaction(pool, async (sql) => {
      await lockProjection(sql, projection);
      const applied = await catchUp(sql, (batch) => apply(sql, batch), catching);
      await swapTables(sql, projection, schema);
      await onStep('swapping', events + applied);
      sql.afterCommit(() => (events += applied));
    }),
  );
  await onStep('swapped', events);
  return events;
}

/** Tries again after a lock that was not had in time, or a deadlock: nothing has happened then. */
async function withRetries(swap: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await swap();
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (attempt === SWAP_TRIES || (code !== '55P03' && code !== '40P01')) throw error;
      await delay(100 * attempt * Math.random());
    }
  }
}
