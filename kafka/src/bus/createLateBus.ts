import type { ConsumeOptions, Consumer, EventBus, Follower, FollowOptions } from './eventBus.js';

/** A bus that is there before its engine is. */
export interface LateBus extends EventBus {
  /** Opens the engine's bus. Called once, before anything is published or started. */
  open(): Promise<void>;
}

/**
 * A bus whose members can be made before its engine answers, so that everything is wired, and its configuration known to
 * be right, while the engine is waited for. What needs the engine rejects until `open` has resolved.
 */
export function createLateBus(openBus: () => Promise<EventBus>): LateBus {
  let bus: EventBus | null = null;
  const opened = (): EventBus => {
    if (!bus) throw new Error('the event bus is not open yet');
    return bus;
  };
  /** Made by the engine's bus when it is started. */
  const late = (make: () => Consumer | Follower): Consumer & Follower => {
    let part: Consumer | Follower | null = null;
    return {
      async start() {
        part = make();
        await part.start();
      },
      async stop() {
        await part?.stop();
      },
    };
  };
  return {
    async open() {
      bus = await openBus();
    },
    publish: async (topic, events) => opened().publish(topic, events),
    consume: (options: ConsumeOptions) => late(() => opened().consume(options)),
    follow: (options: FollowOptions) => late(() => opened().follow(options)),
    lag: async (group, topics) => opened().lag(group, topics),
    health: async () => opened().health(),
    async close() {
      await bus?.close();
    },
  };
}
