import { settleAll } from '@foyer/platform';
import type { Consumer, Follower } from './eventBus.js';

/** A follower that can tell whether it reads along. */
export interface RunningFollower extends Follower {
  /** @throws Error when it does not, at present: nothing of what is published reaches it. */
  check(): void;
}

/** The consumers and followers of a bus that run. */
export interface Running {
  /** The same part, which is remembered while it runs. */
  track<Part extends Consumer | RunningFollower>(part: Part): Part;
  /** @throws Error when a follower that runs does not read along: nobody else would say so, or do its work. */
  check(): void;
  /** Stops what still runs; one that can't be stopped keeps none of the others running, and is thrown at the end. */
  stop(): Promise<void>;
}

/** For a bus that has to stop its parts when it is closed. */
export function createRunning(): Running {
  const running = new Set<Consumer | RunningFollower>();
  return {
    track: (part) => ({
      ...part,
      async start() {
        running.add(part);
        await part.start();
      },
      async stop() {
        if (running.delete(part)) await part.stop();
      },
    }),
    check() {
      for (const part of running) if ('check' in part) part.check();
    },
    async stop() {
      const parts = [...running];
      running.clear();
      await settleAll(parts.map((part) => part.stop()));
    },
  };
}
