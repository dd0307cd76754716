import type { Metrics } from '@foyer/platform';
import type { CloudEvent } from '../event/cloudEvent.js';

/**
 * Makes what counts published events by type: what has become of orders, holds, payments and everything else that is told
 * of. Events of payments are told apart by their provider.
 */
export function countEvents(metrics: Metrics, subgraph: string): (events: readonly CloudEvent[]) => void {
  const counter = metrics.counter({
    name: 'foyer_events_published_total',
    help: 'Events published, one that came twice counted twice, by subgraph, type and, for payments, provider',
    labels: ['subgraph', 'type', 'provider'],
  });
  return (events) => {
    for (const { type, data } of events) {
      const { provider } = (data ?? {}) as { readonly provider?: unknown };
      counter.add({ subgraph, type, provider: typeof provider === 'string' ? provider : '' });
    }
  };
}
