import type { PgConnection } from '@foyer/platform';
import type { EventBus } from '../bus/eventBus.js';
import { EventsRefused } from '../bus/eventsRefused.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { Topic } from '../event/topics.js';
import { noteRefused } from './refusedEvents.js';

interface OutboxRow {
  readonly id: string;
  readonly topic: Topic;
  readonly payload: CloudEvent;
}

const BATCH = 500;

/**
 * Publishes what is in the outbox until nothing is left or `mayGoOn` says no.
 *
 * Every read begins at the oldest unpublished row that is visible: an event whose transaction commits late is
 * found then, whatever was published before. Per aggregate, position follows version and a later version is
 * visible only after the earlier one, so the order of positions is the order of versions.
 *
 * Rows are marked after the bus has taken them, by the statement that reads the next ones. A crash in between
 * publishes them again under the same ids.
 *
 * An event that the bus does not take is noted with its reason: later ones of its aggregate wait behind it, all others
 * go on. It is tried again after a rest.
 *
 * @param onPublished told of what the bus has taken.
 * @param onRefused told of what it has not, and why.
 * @param connection the one that holds the lease: it neither waits for others' work nor outlives the right to publish.
 */
export async function publishOutbox(
  connection: Pick<PgConnection, 'query'>,
  bus: EventBus,
  mayGoOn: () => boolean,
  onPublished: (events: readonly CloudEvent[]) => void = () => undefined,
  onRefused: (event: CloudEvent, reason: string) => void = () => undefined,
): Promise<void> {
  let published: string[] = [];
  let rows: readonly OutboxRow[];

  /** @returns what the bus has taken: all but refused events and those behind them. */
  async function publish(topic: Topic, events: readonly CloudEvent[]): Promise<readonly CloudEvent[]> {
    const [first] = events;
    if (first === undefined || !mayGoOn()) return [];
    try {
      await bus.publish(topic, events);
      return events;
    } catch (error) {
      if (!(error instanceof EventsRefused)) throw error;
      if (events.length > 1) return await publishHalves(topic, events);
      await noteRefused(connection, first.id, error.message);
      onRefused(first, error.message);
      return [];
    }
  }

  /** Finds the refused one. The second half goes without aggregates that the first has left events of. */
  async function publishHalves(topic: Topic, events: readonly CloudEvent[]): Promise<readonly CloudEvent[]> {
    const middle = Math.floor(events.length / 2);
    const half = events.slice(0, middle);
    const taken = await publish(topic, half);
    const left = new Set(half.filter((event) => !taken.includes(event)).map(aggregateOf));
    const others = events.slice(middle).filter((event) => !left.has(aggregateOf(event)));
    return [...taken, ...(await publish(topic, others))];
  }

  do {
    rows = await connection.query<OutboxRow>(
      'select id, topic, payload from messaging.publish_next($1::uuid[], $2)',
      [published, BATCH],
    );
    if (!mayGoOn()) return;
    published = [];
    for (const [topic, events] of byTopic(rows)) {
      const taken = await publish(topic, events);
      onPublished(taken);
      published.push(...taken.map(({ id }) => id));
    }
  } while (rows.length > 0);
}

function aggregateOf({ aggregatetype, subject }: CloudEvent): string {
  return `${aggregatetype} ${subject}`;
}

function byTopic(rows: readonly OutboxRow[]): ReadonlyMap<Topic, readonly CloudEvent[]> {
  const events = new Map<Topic, CloudEvent[]>();
  for (const { topic, payload } of rows) {
    const ofTopic = events.get(topic) ?? [];
    ofTopic.push(payload);
    events.set(topic, ofTopic);
  }
  return events;
}
