import type { PgConnection } from '@foyer/platform';
import type { EventBus } from '../bus/eventBus.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { Topic } from '../event/topics.js';

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
 * @param onPublished told of what the bus has taken.
 * @param connection the one that holds the lease: it neither waits for others' work nor outlives the right to publish.
 */
export async function publishOutbox(
  connection: Pick<PgConnection, 'query'>,
  bus: EventBus,
  mayGoOn: () => boolean,
  onPublished: (events: readonly CloudEvent[]) => void = () => undefined,
): Promise<void> {
  let published: readonly string[] = [];
  do {
    const rows = await connection.query<OutboxRow>(
      'select id, topic, payload from messaging.publish_next($1::uuid[], $2)',
      [published, BATCH],
    );
    if (!mayGoOn()) return;
    for (const [topic, events] of byTopic(rows)) {
      await bus.publish(topic, events);
      onPublished(events);
    }
    published = rows.map(({ id }) => id);
  } while (published.length > 0);
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
