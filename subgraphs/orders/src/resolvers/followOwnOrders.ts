import type { PubSub } from '@foyer/platform';
import { buyerChannel } from '../store/announceOrder.js';
import type { OrderRow } from '../store/orderRow.js';

/** How to follow all orders of a person. */
export interface FollowOwnOptions {
  readonly pubsub: PubSub;
  readonly buyerId: string;
  /** Those that wait, to begin with; also read when changes may have been missed. */
  readonly readWaiting: () => Promise<readonly OrderRow[]>;
  readonly read: (id: string) => Promise<OrderRow | null>;
}

/** The most orders whose last sent version is remembered; one that is forgotten could be sent twice. */
const REMEMBERED = 1000;

/**
 * The orders of a person that wait, read after attaching, then every one that changes, conflated to its latest. A
 * version that is not above the last one sent of that order is not sent. `return()` detaches at once.
 */
export function followOwnOrders(options: FollowOwnOptions): AsyncIterableIterator<OrderRow> {
  const { pubsub, buyerId, readWaiting, read } = options;
  const sent = new Map<string, number>();
  const ready: OrderRow[] = [];
  const changed = new Set<string>();
  let resumed = true;
  let ended = false;
  let wake: (() => void) | null = null;
  const detach = pubsub.subscribe(buyerChannel(buyerId), {
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

  const isNew = ({ id, version }: OrderRow): boolean => {
    if (version <= (sent.get(id) ?? 0)) return false;
    sent.delete(id);
    sent.set(id, version);
    const [oldest] = sent.keys();
    if (sent.size > REMEMBERED && oldest !== undefined) sent.delete(oldest);
    return true;
  };
  const next = async (): Promise<IteratorResult<OrderRow>> => {
    while (!ended) {
      const order = ready.shift();
      if (order) {
        if (isNew(order)) return { done: false, value: order };
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
  // Calls are answered one after the other.
  let queue: Promise<unknown> = Promise.resolve();
  return {
    next() {
      const answer = queue.then(next);
      queue = answer.catch(finish);
      return answer;
    },
    return() {
      finish();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
