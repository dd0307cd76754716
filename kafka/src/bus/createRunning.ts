import type { Consumer, Follower } from './eventBus.js';

/** The consumers and followers of a bus that run. */
export interface Running {
  /** The same part, which is remembered while it runs. */
  track<Part extends Consumer | Follower>(part: Part): Part;
  /** Stops what still runs. */
  stop(): Promise<void>;
}

/** For a bus that has to stop its parts when it is closed. */
export function createRunning(): Running {
  const running = new Set<Consumer | Follower>();
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
    async stop() {
      const parts = [...running];
      running.clear();
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}
