import { SUBGRAPH_NAMES, type SubgraphName } from '@foyer/platform';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import {
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetters,
  showDeadLetter,
  type ParkedEvent,
} from './deadLetters.js';
import { listRefused, retryRefused, type RefusedEvent } from '../outbox/refusedEvents.js';

/** What the command needs from outside. */
export interface DeadLetterConsole {
  /** Connections to a subgraph's database. */
  readonly open: (subgraph: SubgraphName) => Promise<Pool>;
  readonly say: (line: string) => void;
}

/** The command was called wrongly; the message says how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const USAGE = `npm run dead-letters -- list [--subgraph NAME] [--waiting]    what could not be handled, or not published
npm run dead-letters -- show ID --subgraph NAME             the whole event, and why
npm run dead-letters -- replay ID --subgraph NAME           try it again; those behind it follow in order
npm run dead-letters -- replay --all [--subgraph NAME]      try all dead events again, and publish refused ones
npm run dead-letters -- discard ID --subgraph NAME          give it up; those behind it go on

Subgraphs: ${SUBGRAPH_NAMES.join(', ')}.`;

/**
 * Does what the arguments say.
 *
 * @throws UsageError when they say nothing that can be done; nothing has been changed then.
 */
export async function runDeadLetters(args: readonly string[], console: DeadLetterConsole): Promise<void> {
  const { action, id, all, waiting, subgraphs } = parse(args);
  let listed = 0;
  for (const subgraph of subgraphs) {
    const pool = await console.open(subgraph);
    if (action === 'list') {
      for (const each of await listDeadLetters(pool, { state: waiting ? 'WAITING' : 'DEAD' })) {
        console.say(`${subgraph} ${describe(each)}`);
        listed += 1;
      }
      if (!waiting)
        for (const each of await listRefused(pool)) console.say(`${subgraph} ${describeRefused(each)}`);
    } else if (action === 'replay' && all) {
      console.say(`${subgraph}: ${await replayDeadLetters(pool, null)} dead events will be tried again.`);
      const refused = await retryRefused(pool);
      if (refused > 0) console.say(`${subgraph}: ${refused} refused events will be published again.`);
    } else {
      await actOnOne(action, id, pool, subgraph, console);
    }
  }
  if (action === 'list' && listed === 0) {
    console.say(`No event ${waiting ? 'waits behind a dead one' : 'is dead'} in ${subgraphs.join(', ')}.`);
  }
}

async function actOnOne(
  action: Action,
  id: string,
  pool: Pool,
  subgraph: SubgraphName,
  { say }: DeadLetterConsole,
): Promise<void> {
  const found = await showDeadLetter(pool, id);
  if (found === null) throw new UsageError(`${subgraph} has no parked event ${id}.`);
  if (action === 'show') {
    say(`${subgraph} ${describe(found)}\n${JSON.stringify(found.event, null, 2)}`);
    return;
  }
  if (found.state !== 'DEAD')
    throw new UsageError(`Event ${id} of ${subgraph} is not dead: it will be tried anyway.`);
  if (action === 'replay') await replayDeadLetters(pool, id);
  else await discardDeadLetter(pool, id);
  const outcome = action === 'replay' ? 'will be tried again' : 'is given up';
  say(`${subgraph}: ${found.type} ${found.eventId} ${outcome}; ${found.behind} behind it.`);
}

function describe(parked: ParkedEvent): string {
  const { id, type, aggregateType, aggregateId, aggregateVersion, attempts, behind, parkedAt, reason } =
    parked;
  const { topic, partition, offset } = parked;
  const about = `${aggregateType} ${aggregateId} version ${aggregateVersion}`;
  const place = [topic, partition, offset].filter((part) => part !== null).join('/');
  return `${id}  ${type}  ${about}  ${place}  ${parkedAt.toISOString()}  tries ${attempts}  behind ${behind}  ${reason ?? ''}`;
}

function describeRefused(refused: RefusedEvent): string {
  const { eventId, type, aggregateType, aggregateId, aggregateVersion, topic } = refused;
  const { attempts, behind, refusedAt, reason } = refused;
  const about = `${aggregateType} ${aggregateId} version ${aggregateVersion}`;
  return `not published  ${eventId}  ${type}  ${about}  ${topic}  ${refusedAt.toISOString()}  tries ${attempts}  behind ${behind}  ${reason}`;
}

const ACTIONS = ['list', 'show', 'replay', 'discard'] as const;
type Action = (typeof ACTIONS)[number];

interface Task {
  readonly action: Action;
  /** Empty where none is needed. */
  readonly id: string;
  readonly all: boolean;
  readonly waiting: boolean;
  readonly subgraphs: readonly SubgraphName[];
}

function parse(args: readonly string[]): Task {
  const { values, positionals } = parseOrExplain(args);
  const [first, id = ''] = positionals;
  const action = ACTIONS.find((candidate) => candidate === first);
  if (action === undefined) throw new UsageError(USAGE);
  const subgraph = SUBGRAPH_NAMES.find((name) => name === values.subgraph);
  if (values.subgraph !== undefined && subgraph === undefined) {
    throw new UsageError(`There is no subgraph ${values.subgraph}. Subgraphs: ${SUBGRAPH_NAMES.join(', ')}.`);
  }
  const forOne = action !== 'list' && !values.all;
  if (forOne && (!/^\d{1,18}$/.test(id) || subgraph === undefined)) {
    throw new UsageError(`${action} needs the number of an event and --subgraph.\n\n${USAGE}`);
  }
  if (values.all && action !== 'replay') throw new UsageError(`--all belongs to replay.\n\n${USAGE}`);
  return {
    action,
    id,
    all: values.all,
    waiting: values.waiting,
    subgraphs: subgraph === undefined ? SUBGRAPH_NAMES : [subgraph],
  };
}

function parseOrExplain(args: readonly string[]): ReturnType<typeof parseOptions> {
  try {
    return parseOptions(args);
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function parseOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      subgraph: { type: 'string' },
      all: { type: 'boolean', default: false },
      waiting: { type: 'boolean', default: false },
    },
  });
}
