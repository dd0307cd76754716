import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../drawSchedule.js';
import { FAULTS, type FaultShape, type OperationName } from '../faults.js';
import type { Flights } from '../people/flights.js';
import type { ChaosSystem } from '../startChaosSystem.js';
import { INJECTORS, type Injection } from './injectors.js';

/** A fault that has been. */
export interface Injected {
  readonly fault: Fault;
  /** When it came, from the beginning of the run, in milliseconds. */
  readonly at: number;
  /** What people had asked for and not been answered at that moment. */
  readonly underWay: Readonly<Partial<Record<OperationName, number>>>;
  readonly what: string;
  /** Whether there was something for it to do anything to, and how much. */
  readonly hits: number;
}

/** What the nemesis works on. */
export interface NemesisOptions {
  readonly system: ChaosSystem;
  readonly schedule: readonly Fault[];
  readonly flights: Flights;
  /** `Date.now()` at the beginning of the run. */
  readonly startedAt: number;
  /** Told of each fault, and of what it could not do. */
  readonly say: (line: string) => void;
}

/** What came of it all. */
export interface Havoc {
  readonly injected: readonly Injected[];
  /** Faults that could not be done or mended, one line each. */
  readonly failures: readonly string[];
}

const EVERYTHING: readonly OperationName[] = [
  'enter',
  'join',
  'leave',
  'place',
  'pay',
  'retry',
  'cancel',
  'refund',
  'read',
];
/** How long a fault waits for the moment that it is to hit. */
const AIM_MS = 5000;
/** How much longer than drawn a fault lasts that has hit nothing yet: nobody may have come by while others recovered. */
const HIT_MS = 20_000;
const LOOK_MS = 20;

/** Does the faults of a schedule, each at its time, several at once unless they are of one target. Mends each. */
export async function runNemesis(options: NemesisOptions): Promise<Havoc> {
  const { system, schedule, flights, startedAt, say } = options;
  const injected: Injected[] = [];
  const failures: string[] = [];
  /** By target, the end of the last fault of it. */
  const busy = new Map<string, Promise<void>>();

  async function inject(fault: Fault): Promise<Injection> {
    const { during = EVERYTHING }: FaultShape = FAULTS[fault.kind];
    await flights.awaitOne(during, AIM_MS);
    const underWay = flights.underWay();
    const at = Date.now() - startedAt;
    const injection = await INJECTORS[fault.kind](system, fault);
    const operations = Object.values(underWay).reduce((sum, count) => sum + count, 0);
    say(`${(at / 1000).toFixed(1).padStart(6)} s  ${injection.what} (${operations} operations under way)`);
    injected.push({
      fault,
      at,
      underWay,
      what: injection.what,
      get hits() {
        return injection.hits();
      },
    });
    return injection;
  }

  async function suffer(fault: Fault): Promise<void> {
    try {
      const { mend, hits } = await inject(fault);
      if (!mend) return;
      await delay(fault.lasts);
      const deadline = Date.now() + HIT_MS;
      while (hits() === 0 && Date.now() < deadline) await delay(LOOK_MS);
      await mend();
    } catch (error) {
      const text = `${fault.kind} of ${fault.target}: ${error instanceof Error ? error.message : String(error)}`;
      failures.push(text);
      say(text);
    }
  }

  await Promise.all(
    schedule.map(async (fault) => {
      await delay(Math.max(0, startedAt + fault.at - Date.now()));
      const before = busy.get(fault.target);
      const over = Promise.resolve(before).then(() => suffer(fault));
      busy.set(fault.target, over);
      await over;
    }),
  );
  return { injected: injected.map((each) => ({ ...each })), failures };
}
