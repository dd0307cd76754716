import type { CloudEvent, EventBus, Topic } from '@foyer/kafka';
import { HANDLES } from './handles.js';
import { SUBGRAPH_DATABASES, type Databases } from './quiet.js';
import { readLog } from './readLog.js';

/**
 * Whether every event that is published stands in the log, first in the order of its aggregate's versions, and every
 * handler has handled each event of its types once. Read through the bus's port: on any adapter.
 *
 * An event may stand there again: the relay may be killed between the bus's answer and its own note, and the nemesis
 * repeats messages. What a handler's types are is read from what it has handled, and from `HANDLES`.
 * @param poison ids of messages that can't be handled; somebody put them there to see what becomes of them.
 */
export async function eventFaults(
  databases: Databases,
  bus: EventBus,
  poison: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { messages, counted } = await readLog(bus);
  const logged = new Map<string, LoggedEvent>();
  for (const { topic, message } of messages) {
    const event = message.value as CloudEvent;
    if (!poison.has(event.id) && !logged.has(event.id)) logged.set(event.id, { ...event, topic });
  }
  return [
    ...(messages.length < counted
      ? [`log: ${messages.length} events can be read, it counts ${counted}`]
      : []),
    ...orderFaults([...logged.values()]),
    ...(await outboxFaults(databases, logged)),
    ...(await inboxFaults(databases, logged)),
  ];
}

/** An event where it first stands. */
type LoggedEvent = CloudEvent & { readonly topic: Topic };

/** Each aggregate's events come in the order of their versions, none left out. Aggregates are their owner's: per topic. */
function orderFaults(events: readonly LoggedEvent[]): readonly string[] {
  const places = new Map<string, number>();
  return events.flatMap(({ topic, aggregatetype, subject, aggregateversion }) => {
    const aggregate = `${topic}: ${aggregatetype} ${subject}`;
    const place = (places.get(aggregate) ?? 0) + 1;
    places.set(aggregate, place);
    return aggregateversion === place
      ? []
      : [`log: ${aggregate}: version ${aggregateversion} is event ${place} of it`];
  });
}

/** What the outboxes say is published is in the log, and nothing else. */
async function outboxFaults(
  databases: Databases,
  logged: ReadonlyMap<string, CloudEvent>,
): Promise<readonly string[]> {
  const known = new Set<string>();
  const faults: string[] = [];
  for (const subgraph of SUBGRAPH_DATABASES) {
    const rows = await databases[subgraph].query<{ id: string; type: string }>(
      `select id::text as id, type from messaging.outbox where published_at is not null`,
    );
    for (const { id, type } of rows) {
      known.add(id);
      if (!logged.has(id)) faults.push(`log: ${type} ${id}, which ${subgraph} has published, is not in it`);
    }
  }
  for (const { id, type, source } of logged.values()) {
    if (!known.has(id)) faults.push(`log: ${type} ${id} of ${source} is in it, and no outbox has it`);
  }
  return faults;
}

/** Every handler has handled each event of its types. The inbox's key is handler and event: what is there is there once. */
async function inboxFaults(
  databases: Databases,
  logged: ReadonlyMap<string, CloudEvent>,
): Promise<readonly string[]> {
  const perType = tally([...logged.values()].map(({ type }) => type));
  const faults: string[] = [];
  for (const subgraph of SUBGRAPH_DATABASES) {
    const handled = await databases[subgraph].query<{ handler: string; id: string }>(
      `select handler, event_id as id from messaging.inbox`,
    );
    for (const { handler, id } of handled) {
      if (!logged.has(id)) faults.push(`${subgraph}: ${handler} has handled ${id}, which nobody published`);
    }
    const counts = tally(
      handled.map(({ handler, id }) => `${handler} handled ${logged.get(id)?.type ?? 'nothing'}`),
    );
    const wanted = Object.entries(HANDLES[subgraph]).flatMap(([handler, types]) =>
      types.map((type) => `${handler} handled ${type}`),
    );
    for (const what of new Set([...counts.keys(), ...wanted])) {
      const count = counts.get(what) ?? 0;
      const every = perType.get(what.split(' handled ')[1] ?? '') ?? 0;
      if (count !== every) faults.push(`${subgraph}: ${what} ${count} times, of ${every}`);
    }
  }
  return faults;
}

function tally(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
