import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Distributed, ProcessExit } from '@foyer/system';
import { checkInvariants } from '../harness/checkInvariants.js';
import { createRecorder } from '../harness/createRecorder.js';
import { makeOperator } from '../harness/makeOperator.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';
import { drawSchedule } from './drawSchedule.js';
import { LEAST_PURCHASES } from './judge.js';
import type { StoryKind } from './mix.js';
import { runNemesis, type Havoc } from './nemesis/runNemesis.js';
import { createFlights } from './people/flights.js';
import type { Patience } from './people/goodClient.js';
import { openSales } from './people/openSales.js';
import { runPeople } from './people/runPeople.js';
import { createRandom } from './random.js';
import { startChaosSystem, type ChaosSystem } from './startChaosSystem.js';

/** How a run is made. */
export interface ChaosOptions {
  /** Decides the faults, and what everybody sets out to do. */
  readonly seed: string;
  /** How long people come and faults happen. */
  readonly minutes: number;
  /** How many come. */
  readonly people: number;
  /** Keeps data and logs: removed by the caller. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Told how to end everything before its time. */
  readonly onStarted?: (stop: () => Promise<void>) => void;
}

/** What came of a run. */
export interface ChaosResult extends Havoc {
  readonly stories: Readonly<Partial<Record<StoryKind, number>>>;
  /** Purchases that their buyers were told are complete. */
  readonly completed: number;
  /** Orders that somebody was shown. */
  readonly orders: number;
  /** How often what was refused. */
  readonly refusals: Readonly<Record<string, number>>;
  /** What the checker says, and processes that did not end as they should. */
  readonly faults: readonly string[];
}

/** How much longer people come, at most, where fewer purchases were made than are needed to show anything. */
const OVERTIME_MS = 60_000;
const LOOK_MS = 100;
/** How long people go on asking after the last fault. */
const PATIENCE_MS = 60_000;
/** How long everything may take to come to its end. */
const QUIET_MS = 90_000;

/** Starts the system, lets people buy and the nemesis rage, waits until everything is quiet, and has it checked. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, minutes, folder, say } = options;
  await mkdir(folder, { recursive: true });
  const told = createWriteStream(join(folder, 'told.log'));
  const recorder = createRecorder((line) => told.write(`${new Date().toISOString()} ${line}\n`));
  const random = createRandom(seed);
  const schedule = drawSchedule(random.fork('faults'), minutes * 60_000);
  await writeFile(join(folder, 'schedule.json'), JSON.stringify({ seed, minutes, schedule }, null, 2));

  say('Starting Postgres, Kafka, Redis and every process …');
  const system = await startChaosSystem(folder, random.fork('echo'));
  options.onStarted?.(() => system.stop());
  try {
    const { stage, organizer, people } = await gather(system, options.people);
    say('Opening the sales …');
    const sales = await openSales(stage, organizer, minutes);

    const flights = createFlights();
    const startedAt = Date.now();
    const until = startedAt + minutes * 60_000;
    const completed = (): number =>
      [...recorder.observations.orders.values()].filter((order) => order.completed).length;
    // Where everything is slow people stay until there is enough to judge by.
    const mayGo = (): boolean =>
      Date.now() >= until && (completed() >= LEAST_PURCHASES || Date.now() >= until + OVERTIME_MS);
    const patience: Patience = { until: Infinity };
    say(`${people.length} people and ${schedule.length} faults, for ${minutes} minutes:`);
    const crowd = runPeople({
      endpoints: system.distributed.endpoints,
      people,
      organizer,
      sales,
      random: random.fork('people'),
      recorder,
      flights,
      patience,
      minutes,
      mayGo,
    });
    const havoc = await runNemesis({ system, schedule, flights, startedAt, say });
    while (!mayGo()) await delay(LOOK_MS);
    patience.until = Date.now() + PATIENCE_MS;
    const stories = await crowd;

    say('Waiting until everything is quiet …');
    const { observations } = recorder;
    const faults = [
      ...(await checkInvariants(system.variables, QUIET_MS, { observations, poison: system.poison })),
    ];
    // Its end is orderly only while the engines are there.
    const diedAlone = endedAlone(system.distributed);
    const exits = await system.stopProcesses();
    const orders = [...observations.orders.values()];
    return {
      ...havoc,
      stories,
      completed: completed(),
      orders: orders.length,
      refusals: tally(observations.refusals.map(({ code }) => code)),
      faults: [...faults, ...diedAlone, ...badExits(exits)],
    };
  } finally {
    await system.stop();
    told.end();
  }
}

/** Makes everybody's account. */
async function gather(system: ChaosSystem, count: number) {
  const [endpoint = ''] = system.distributed.endpoints;
  const bare = { endpoint, variables: system.variables, people: [] as Person[] };
  const operator = await makeOperator(bare);
  const organizer = await newPerson(bare, 'Organizer');
  const people = await newPeople(bare, count);
  return { stage: { ...bare, operator }, organizer, people };
}

/** Processes are killed, and end when they are told to: none ends by itself, whatever it misses. */
function endedAlone(distributed: Distributed): readonly string[] {
  return distributed.processes.flatMap(({ name, index, exits }) =>
    exits
      .filter(({ signal }) => signal !== 'SIGKILL')
      .map(
        ({ code, signal }) =>
          `${name} ${index + 1} ended by itself, with ${signal ?? `status ${code ?? '?'}`}`,
      ),
  );
}

function badExits(exits: Readonly<Record<string, ProcessExit | null>>): readonly string[] {
  return Object.entries(exits)
    .filter(([, exit]) => exit?.code !== 0)
    .map(
      ([title, exit]) => `${title} was told to end, and did with ${exit?.signal ?? exit?.code ?? 'nothing'}`,
    );
}

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
