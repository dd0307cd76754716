import { recently, type Metrics } from '@foyer/platform';
import type { Pool } from 'pg';
import type { EventBus, PartitionLag } from '../bus/eventBus.js';
import type { Topic } from '../event/topics.js';
import { readMessagingFigures, type MessagingFigures } from './readMessagingFigures.js';

/** Whose messaging is measured. */
export interface MeasuredMessaging {
  readonly subgraph: string;
  readonly pool: Pool;
  readonly bus: EventBus;
  /** What it reads. */
  readonly topics: readonly Topic[];
  /** Whether its outbox is published by its processes: of another who does it nothing is known. */
  readonly relays: boolean;
}

/** The database is asked at most so often, in milliseconds, however often metrics are. */
const KEEP_MS = 5000;

const FIGURES: readonly (readonly [keyof MessagingFigures, string, string])[] = [
  ['unpublished', 'foyer_outbox_unpublished_events', 'Events committed and not yet published, by subgraph'],
  [
    'refused',
    'foyer_refused_events',
    'Events committed that the bus does not take: they wait for an operator, by subgraph',
  ],
  [
    'waiting',
    'foyer_parked_events',
    'Events that failed and wait to be tried again, and those behind, by subgraph',
  ],
  ['dead', 'foyer_dead_events', 'Events that wait for an operator, by subgraph'],
];

/** Adds what waits in a subgraph's outbox, inbox and topics to the metrics. @returns takes it away again. */
export function measureMessaging(metrics: Metrics, measured: MeasuredMessaging): () => void {
  const { subgraph, pool, bus, topics, relays } = measured;
  const figures = recently(() => readMessagingFigures(pool, subgraph), KEEP_MS);
  const shown = FIGURES.filter(([figure]) => relays || (figure !== 'unpublished' && figure !== 'refused'));
  const removals = shown.map(([figure, name, help]) =>
    metrics.gauge({
      name,
      help,
      labels: ['subgraph'],
      keepMs: 0,
      collect: async () => [{ labels: { subgraph }, value: (await figures())[figure] }],
    }),
  );
  if (topics.length > 0) {
    removals.push(
      metrics.gauge({
        name: 'foyer_bus_lag_events',
        help: 'Events that a consumer group has not handled yet, by group and topic',
        labels: ['group', 'topic'],
        keepMs: KEEP_MS,
        collect: async () =>
          [...lagByTopic(await bus.lag(subgraph, topics))].map(([topic, value]) => ({
            labels: { group: subgraph, topic },
            value,
          })),
      }),
    );
  }
  return () => {
    for (const remove of removals) remove();
  };
}

function lagByTopic(partitions: readonly PartitionLag[]): ReadonlyMap<string, number> {
  const topics = new Map<string, number>();
  for (const { topic, behind } of partitions) topics.set(topic, (topics.get(topic) ?? 0) + behind);
  return topics;
}
