import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { topics, type BusMessage, type EventBus, type Topic } from '@foyer/kafka';

/** A message of the log, and where it stands. */
export interface LoggedMessage {
  readonly topic: Topic;
  readonly message: BusMessage;
}

/** All that a log holds. */
export interface WholeLog {
  /** Per partition in its order. */
  readonly messages: readonly LoggedMessage[];
  /** How many the log itself says there are. */
  readonly counted: number;
}

const LOOK_MS = 20;
/** A log that has given nothing for so long has nothing more to give. */
const IDLE_MS = 3000;

/** Reads every topic from its beginning to its present end, on any adapter. */
export async function readLog(bus: EventBus): Promise<WholeLog> {
  // A group that is new is behind by all that there is.
  const lag = await bus.lag(`reader-${randomUUID()}`, topics);
  const counted = lag.reduce((sum, { behind }) => sum + behind, 0);
  const messages: LoggedMessage[] = [];
  let lastAt = Date.now();
  const follower = bus.follow({
    topics,
    since: new Date(0),
    onEvent(message, topic) {
      messages.push({ topic, message });
      lastAt = Date.now();
    },
  });
  await follower.start();
  lastAt = Date.now();
  while (messages.length < counted && Date.now() - lastAt < IDLE_MS) await delay(LOOK_MS);
  await follower.stop();
  return { messages, counted };
}
