import { setTimeout as delay } from 'node:timers/promises';
import { createBusFromEnvironment, topics, type CloudEvent, type Topic } from '@foyer/kafka';
import { createLog, Environment } from '@foyer/platform';
import type { Random } from '../random.js';

/** Hears every message, and can say it again. */
export interface Echo {
  /** Publishes events; tries again for a while where the bus does not answer. */
  publish(topic: Topic, events: readonly CloudEvent[]): Promise<void>;
  /** Publishes so many of the last messages again, in an order of chance. @returns how many there were. */
  repeat(count: number): Promise<number>;
  close(): Promise<void>;
}

/** How many of the last messages of a topic can be repeated. */
const MEMORY = 500;
/** Another fault may have taken the bus away for a moment. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;

/** Begins to listen. @param variables by which processes find the bus. */
export async function createEcho(variables: Readonly<Record<string, string>>, random: Random): Promise<Echo> {
  const bus = await createBusFromEnvironment(new Environment(variables), createLog('echo', 'silent'));
  const heard = new Map<Topic, CloudEvent[]>();
  const follower = bus.follow({
    topics,
    since: 'now',
    onEvent({ value }, topic) {
      const events = heard.get(topic) ?? [];
      events.push(value as CloudEvent);
      heard.set(topic, events.slice(-MEMORY));
    },
  });
  await follower.start();

  async function publish(topic: Topic, events: readonly CloudEvent[]): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        await bus.publish(topic, events);
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await delay(PAUSE_MS);
    }
  }

  return {
    publish,
    async repeat(count) {
      const all = [...heard].flatMap(([topic, events]) => events.map((event) => ({ topic, event })));
      const chosen = random.shuffled(all).slice(0, count);
      for (const topic of new Set(chosen.map((each) => each.topic))) {
        await publish(
          topic,
          chosen.filter((each) => each.topic === topic).map(({ event }) => event),
        );
      }
      return chosen.length;
    },
    async close() {
      await follower.stop();
      await bus.close();
    },
  };
}
