import { SUBGRAPH_NAMES, type ProcessName } from '@foyer/platform';
import { FAIR, type WebhookWeather } from '../../harness/webhookProxy.js';
import type { Fault } from '../drawSchedule.js';
import type { FaultKind } from '../faults.js';
import type { ChaosSystem } from '../startChaosSystem.js';
import { emptyRedis } from './emptyRedis.js';
import { publishPoison } from './publishPoison.js';

/** What a fault did when it came. */
export interface Injection {
  /** For the report. */
  readonly what: string;
  /** Whether there was something that it could do anything to: how much, counted when it is over. */
  readonly hits: () => number;
  /** Ends it; absent where the system mends it by itself. */
  readonly mend?: () => Promise<void>;
}

type Injector = (system: ChaosSystem, fault: Fault) => Promise<Injection>;

const ONCE = () => 1;

const killProcess: Injector = async ({ distributed }, { target, index }) => {
  const name = target as ProcessName;
  const victims = distributed.processes.filter((process) => process.name === name);
  const victim = victims[index % victims.length];
  const killed = victim !== undefined && (await distributed.kill(name, victim.index, 'SIGKILL'));
  return { what: `${name} ${(victim?.index ?? 0) + 1} is killed`, hits: () => (killed ? 1 : 0) };
};

const endEngine =
  (how: 'stop' | 'kill'): Injector =>
  async ({ engines }, { target, lasts }) => {
    const engine = engines[target as keyof typeof engines];
    await engine[how]();
    return {
      what: `${target} is ${how === 'stop' ? 'stopped' : 'killed'}, for ${lasts} ms`,
      hits: ONCE,
      mend: () => engine.start(),
    };
  };

const foulWeather =
  (weather: (fault: Fault) => WebhookWeather, what: string): Injector =>
  ({ webhooks }, fault) => {
    const before = webhooks.hit;
    webhooks.weather = weather(fault);
    return Promise.resolve({
      what: `webhooks ${what}, for ${fault.lasts} ms`,
      hits: () => webhooks.hit - before,
      mend() {
        webhooks.weather = FAIR;
        return Promise.resolve();
      },
    });
  };

/** A process that is stopped keeps its connections and its place in its groups, and wakes up believing itself alive. */
const delayMessages: Injector = ({ distributed, engines }, { target, index, lasts }) => {
  const isProcess = (SUBGRAPH_NAMES as readonly string[]).includes(target);
  const victims = distributed.processes.filter(({ name }) => name === target);
  const victim = victims[index % Math.max(1, victims.length)];
  const pid = isProcess ? (victim?.pid ?? null) : engines.kafka.pid;
  const stopped = pid !== null && signal(pid, 'SIGSTOP');
  return Promise.resolve({
    what: `${target}${victim ? ` ${victim.index + 1}` : ''} stands still for ${lasts} ms`,
    hits: () => (stopped ? 1 : 0),
    mend() {
      if (pid !== null) signal(pid, 'SIGCONT');
      return Promise.resolve();
    },
  });
};

/** From 2 s to 90 s, fast or slow: beyond what identities between processes live. */
const skewOf = (strength: number): number => {
  const size = 2000 * 45 ** ((strength * 2) % 1);
  return Math.round(strength < 0.5 ? size : -size);
};

const skewClock: Injector = async ({ distributed, clocks }, { target, index, lasts, strength }) => {
  const victims = distributed.processes.filter(({ name }) => name === target);
  const victim = victims[index % Math.max(1, victims.length)];
  const pid = victim?.pid ?? null;
  const shift = skewOf(strength);
  if (pid !== null) await clocks.set(pid, shift);
  return {
    what: `the clock of ${target} ${(victim?.index ?? 0) + 1} is ${shift} ms wrong, for ${lasts} ms`,
    hits: () => (pid === null ? 0 : 1),
    async mend() {
      if (pid !== null) await clocks.set(pid, 0);
    },
  };
};

const duplicateMessages: Injector = async ({ echo }, { strength }) => {
  const repeated = await echo.repeat(20 + Math.round(strength * 180));
  return { what: `${repeated} messages are published again, out of order`, hits: () => repeated };
};

/** How each kind of fault is done. */
export const INJECTORS: Readonly<Record<FaultKind, Injector>> = {
  'kill gateway': killProcess,
  'kill users': killProcess,
  'kill catalog': killProcess,
  'kill inventory': killProcess,
  'kill orders': killProcess,
  'kill payments': killProcess,
  'kill notifications': killProcess,
  'kill waitroom': killProcess,
  'stop kafka': endEngine('stop'),
  'kill kafka': endEngine('kill'),
  'stop redis': endEngine('stop'),
  'kill redis': endEngine('kill'),
  'stop postgres': endEngine('stop'),
  'kill postgres': endEngine('kill'),
  async 'empty redis'({ engines }) {
    const keys = await emptyRedis(engines.redis.url);
    return { what: `redis is emptied of ${keys} keys`, hits: ONCE };
  },
  'duplicate messages': duplicateMessages,
  'delay messages': delayMessages,
  'duplicate webhooks': foulWeather(() => ({ copies: 3, delayMs: 0 }), 'come three times'),
  // Their sender waits for 5 s: some come after it has given up and sent them again.
  'delay webhooks': foulWeather(
    ({ strength }) => ({ copies: 1, delayMs: 1000 + strength * 6000 }),
    'come late',
  ),
  'lose webhooks': foulWeather(() => ({ copies: 0, delayMs: 0 }), 'are lost'),
  'skew clock': skewClock,
  async 'poison message'({ echo, poison }) {
    const id = await publishPoison(echo);
    poison.add(id);
    return { what: `message ${id} conforms to no contract`, hits: ONCE };
  },
};

/** @returns false when there is no such process. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
