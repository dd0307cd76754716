import type { Queryable } from '@foyer/kafka';
import { SUBGRAPH_DATABASES, type Databases } from './quiet.js';

const LOG_FAULTS = [
  `select format('%s/%s has %s events and counts %s', p.topic, p.partition, l.events, p.next_position) as fault
   from bus.topic_partition p
   cross join lateral (select count(*) as events from bus.log where partition_id = p.id) l
   where l.events <> p.next_position`,
  // Each aggregate's events stand in the log once, in the order of their versions, none left out.
  `select format('%s %s: version %s is event %s of it', type, id, version, place) as fault from (
     select event->>'aggregatetype' as type, event->>'subject' as id, (event->>'aggregateversion')::bigint as version,
       row_number() over (
         partition by event->>'aggregatetype', event->>'subject' order by partition_id, position
       ) as place
     from bus.log
   ) e where version <> place`,
];

/**
 * Whether every event stands in the log once and in its order, and every handler has handled each event of its types
 * once. What a handler's types are is read from what it has handled.
 * @param log the bus's database.
 */
export async function eventFaults(databases: Databases, log: Queryable): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const sql of LOG_FAULTS) {
    faults.push(...(await log.query<{ fault: string }>(sql)).map(({ fault }) => `log: ${fault}`));
  }
  const published = await log.query<{ id: string; type: string }>(
    `select event_id as id, event->>'type' as type from bus.log`,
  );
  const typeOf = new Map(published.map(({ id, type }) => [id, type]));
  const perType = tally(published.map(({ type }) => type));
  for (const subgraph of SUBGRAPH_DATABASES) {
    const handled = await databases[subgraph].query<{ handler: string; id: string }>(
      `select handler, event_id as id from messaging.inbox`,
    );
    const unknown = handled.filter(({ id }) => !typeOf.has(id));
    faults.push(
      ...unknown.map(
        ({ handler, id }) => `${subgraph}: ${handler} has handled ${id}, which nobody published`,
      ),
    );
    // The inbox's key is handler and event: what is counted here is counted once.
    const counts = tally(
      handled.map(({ handler, id }) => `${handler} handled ${typeOf.get(id) ?? 'nothing'}`),
    );
    for (const [what, count] of counts) {
      const every = perType.get(what.split(' handled ')[1] ?? '') ?? count;
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
