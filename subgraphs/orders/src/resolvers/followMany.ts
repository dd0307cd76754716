import { inTurn, type PubSub } from '@foyer/platform';

/** One of many that change. */
interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** How to follow many at once. */
export interface FollowManyOptions<Row extends Versioned> {
  readonly pubsub: PubSub;
  /** Where their changes are told of; a message is an id. */
  readonly channel: string;
  /** Those that wait, to begin with; also read when changes may have been missed. */
  readonly readWaiting: () => Promise<readonly Row[]>;
  /** null: not to be shown. */
  readonly read: (id: string) => Promise<Row | null>;
}

/** The most whose last sent version is remembered; one that is forgotten could be sent twice. */
const REMEMBERED = 1000;

/**
 * Those that wait, read after attaching, then every one that changes, conflated to its latest. A version that is not
 * above the last one sent of it is not sent. `return()` detaches at once.
 */
export function followMany<Row extends Versioned>(
  options: FollowManyOptions<Row>,
): AsyncIterableIterator<Row> {
  const { pubsub, channel, readWaiting, read } = options;
  const sent = new Map<string, number>();
  const ready: Row[] = [];
  const changed = new Set<string>();
  let resumed = true;
  let ended = false;
  let wake: (() => void) | null = null;
  const detach = pubsub.subscribe(channel, {
    onMessage(id) {
      changed.add(id);
      wake?.();
    },
    onResume() {
      resumed = true;
      wake?.();
    },
  });
  const finish = (): void => {
    ended = true;
    detach();
    wake?.();
  };

  const isNew = ({ id, version }: Row): boolean => {
    if (version <= (sent.get(id) ?? 0)) return false;
    sent.delete(id);
    sent.set(id, version);
    const [oldest] = sent.keys();
    if (sent.size > REMEMBERED && oldest !== undefined) sent.delete(oldest);
    return true;
  };
  const next = async (): Promise<IteratorResult<Row>> => {
    while (!ended) {
      const row = ready.shift();
      if (row) {
        if (isNew(row)) return { done: false, value: row };
      } else if (resumed) {
        resumed = false;
        ready.push(...(await readWaiting()));
      } else {
        const [id] = changed;
        if (id === undefined) {
          await new Promise<void>((resolve) => (wake = resolve));
          wake = null;
          continue;
        }
        changed.delete(id);
        const present = await read(id);
        if (present) ready.push(present);
      }
    }
    return { done: true, value: undefined };
  };
  return inTurn(next, finish);
}
