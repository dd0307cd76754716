/** Gathers requests into groups: those that arrive while a group is in flight make the next one. No timer. */
export interface Lane<Request, Answer> {
  /** Resolves with the answer to this request. Rejects with what made it fail, alone or with its group. */
  submit(request: Request): Promise<Answer>;
  /** Resolves when nothing is in flight or waiting. */
  idle(): Promise<void>;
}

export interface LaneOptions<Request, Answer> {
  /** Handles a group, all or nothing. @returns the answers, in the same order. */
  readonly run: (requests: readonly Request[]) => Promise<readonly Answer[]>;
  /** The most requests of a group. */
  readonly maxGroup: number;
  /** Whether a group that failed so may be tried request by request; if not, all its requests fail so. */
  readonly mayRetry: (error: unknown) => boolean;
}

interface Waiting<Request, Answer> {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** A lane: one group at a time, requests in the order of their arrival. */
export function createLane<Request, Answer>(options: LaneOptions<Request, Answer>): Lane<Request, Answer> {
  const { run, maxGroup, mayRetry } = options;
  let waiting: Waiting<Request, Answer>[] = [];
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    // What was submitted in the same turn of the event loop belongs together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting.slice(0, maxGroup);
      waiting = waiting.slice(maxGroup);
      await handle(group);
    }
    working = null;
  }

  async function handle(group: readonly Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await run(group.map(({ request }) => request));
      group.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      if (group.length > 1 && mayRetry(error)) {
        for (const one of group) await handle([one]);
      } else {
        for (const { reject } of group) reject(error);
      }
    }
  }

  return {
    submit(request) {
      return new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        working ??= work();
      });
    },
    async idle() {
      while (working !== null) await working;
    },
  };
}
