import { createMetrics } from '@foyer/platform';
import { counted } from '../testing/counted.js';
import { countEvents } from './countEvents.js';

test('published events are counted by type, and by provider where they name one', async () => {
  const metrics = createMetrics();
  const count = countEvents(metrics, 'payments');
  const event = counted('a', 1);
  count([event, event, { ...event, data: { provider: 'SANDBOX' } }]);
  const text = await metrics.text();
  const labels = `subgraph="payments",type="${event.type}"`;
  expect(text).toContain(`foyer_events_published_total{${labels},provider=""} 2`);
  expect(text).toContain(`foyer_events_published_total{${labels},provider="SANDBOX"} 1`);
});
