import { SUBGRAPH_NAMES, type SubgraphName } from '@foyer/platform';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { eventCopy, membershipCopy, offerCopy, personCopy, restaurantCopy } from '../copies/index.js';
import type { Projection } from './projection.js';
import { rebuildProjection, type RebuildOptions } from './rebuildProjection.js';

/** What the command needs from outside. */
export interface RebuildConsole {
  /** Connections to a subgraph's database. */
  readonly open: (subgraph: SubgraphName) => Promise<Pool>;
  readonly say: (line: string) => void;
  /** Is told of every step besides, and waited for. */
  readonly onStep?: RebuildOptions['onStep'];
}

/** The command was called wrongly; the message says how it is called. */
export class RebuildUsageError extends Error {
  override readonly name = 'RebuildUsageError';
}

const PROJECTIONS: readonly Projection[] = [eventCopy, membershipCopy, offerCopy, personCopy, restaurantCopy];

/** How many events are copied between two lines about it. */
const SAY_EVERY = 10_000;

const USAGE = `npm run rebuild -- SUBGRAPH.PROJECTION    builds a projection anew from the archives of all events
  --skip EVENT_ID   passes over an event that can not be applied; may be given again
  --accept-gaps     rebuilds although the archive lacks events, and loses what they told
  --new             the subgraph has not handled any event for it yet

Subgraphs: ${SUBGRAPH_NAMES.join(', ')}. Projections: ${PROJECTIONS.map(({ name }) => name).join(', ')}.`;

/**
 * Does what the arguments say.
 *
 * @throws RebuildUsageError when they say nothing that can be done, RebuildError when it can't; nothing has changed then.
 */
export async function runRebuild(args: readonly string[], console: RebuildConsole): Promise<void> {
  const { values, positionals } = parse(args);
  const [target = '', ...others] = positionals;
  const [owner, name] = target.split('.');
  const subgraph = SUBGRAPH_NAMES.find((each) => each === owner);
  const projection = PROJECTIONS.find((each) => each.name === name);
  if (subgraph === undefined || projection === undefined || others.length > 0) {
    throw new RebuildUsageError(USAGE);
  }
  const pool = await console.open(subgraph);
  if (!values.new && !(await isKept(pool, projection))) {
    throw new RebuildUsageError(
      `${subgraph} has handled no event for its ${projection.name}. If it is to keep one from now on: --new`,
    );
  }
  let said = 0;
  const events = await rebuildProjection({
    projection,
    pool,
    open: console.open,
    acceptGaps: values['accept-gaps'],
    skip: values.skip,
    async onStep(step, count) {
      if (step !== 'swapped' && (step !== 'copied' || count >= said + SAY_EVERY)) {
        console.say(`${target}: ${step}, ${count} events`);
        said = count;
      }
      await console.onStep?.(step, count);
    },
  });
  console.say(`${target} is built anew from ${events} events.`);
}

/** Whether the subgraph has this projection: all have its tables, few fill them. */
async function isKept(pool: Pool, { name, schema, tables }: Projection): Promise<boolean> {
  const filled = tables.map((table) => `exists (select from ${schema}.${table})`).join(' or ');
  const { rows } = await pool.query<{ kept: boolean }>(
    `select ${filled} or exists (select from messaging.applied_version where handler = $1) as kept`,
    [name],
  );
  return rows[0]?.kept === true;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        skip: { type: 'string', multiple: true, default: [] },
        'accept-gaps': { type: 'boolean', default: false },
        new: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new RebuildUsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
