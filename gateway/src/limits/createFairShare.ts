import { GraphQLError } from 'graphql';

/** How much runs at once. */
export interface FairShareOptions {
  /** Estimated cost of all operations that run at once. */
  readonly capacity: number;
  /** Operations of one caller that may wait; more are refused. */
  readonly waiting: number;
}

/** Divides what the subgraphs can do among callers. */
export interface FairShare {
  /**
   * Runs work when it is its caller's turn. While there is room it is everybody's turn at once, but no caller takes more than
   * half of it; when there is none, callers are served in turn, one operation each. What costs more than half counts as
   * half.
   * @param signal gives up waiting; work that has begun is not touched.
   * @throws GraphQLError `TOO_BUSY`, status 503, when too much of this caller's waits already, or it gave up: nothing was
   * done. Otherwise what work throws.
   */
  run<Result>(
    caller: string,
    cost: number,
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result>;
}

/** One operation that waits. */
interface Waiting {
  readonly cost: number;
  begin(): void;
}

/** A fair share within this process. */
export function createFairShare({ capacity, waiting }: FairShareOptions): FairShare {
  /** Costs of what runs, in all and by caller. */
  let running = 0;
  const runningOf = new Map<string, number>();
  /** What waits, by caller; callers stand in the order of their turns. */
  const queues = new Map<string, Waiting[]>();

  const hasRoom = (caller: string, cost: number): boolean => {
    const own = runningOf.get(caller) ?? 0;
    return running + cost <= capacity && own + cost <= capacity / 2;
  };
  const take = (caller: string, cost: number): void => {
    running += cost;
    runningOf.set(caller, (runningOf.get(caller) ?? 0) + cost);
  };
  const give = (caller: string, cost: number): void => {
    running -= cost;
    const left = (runningOf.get(caller) ?? 0) - cost;
    if (left > 0) runningOf.set(caller, left);
    else runningOf.delete(caller);
    beginNext();
  };
  /** One operation of each caller in turn, as long as the next one's fits: who is served goes to the end. */
  const beginNext = (): void => {
    for (const [caller, queue] of [...queues]) {
      const [next] = queue;
      if (!next) continue;
      if (!hasRoom(caller, next.cost)) {
        // Whose turn it is must not be overtaken for ever. Who has something running waits for that, and holds up nobody.
        if (!runningOf.has(caller)) return;
        continue;
      }
      queue.shift();
      queues.delete(caller);
      if (queue.length > 0) queues.set(caller, queue);
      take(caller, next.cost);
      next.begin();
    }
  };
  const turn = (caller: string, cost: number, signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const queue = queues.get(caller) ?? [];
      if (queue.length >= waiting || signal?.aborted === true) {
        reject(tooBusy());
        return;
      }
      const leave = (): void => {
        queue.splice(queue.indexOf(entry), 1);
        if (queue.length === 0) queues.delete(caller);
        reject(tooBusy());
        beginNext();
      };
      const entry: Waiting = {
        cost,
        begin() {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      queue.push(entry);
      queues.set(caller, queue);
    });

  return {
    async run(caller, estimate, signal, work) {
      const cost = Math.min(Math.max(estimate, 1), capacity / 2);
      // Whoever waits is before who comes.
      if (queues.size === 0 && hasRoom(caller, cost)) take(caller, cost);
      else {
        const mine = turn(caller, cost, signal);
        beginNext();
        await mine;
      }
      try {
        return await work();
      } finally {
        give(caller, cost);
      }
    },
  };
}

function tooBusy(): GraphQLError {
  return new GraphQLError('Too much is asked for at the moment: nothing was done, try again soon.', {
    extensions: { code: 'TOO_BUSY', retryAfter: 1, http: { status: 503 } },
  });
}
