import type { Metrics } from '@foyer/platform';
import type { CloudEvent } from '../event/cloudEvent.js';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600];

/** Makes what counts how long after a change the events of it were handled by a group, by its processes' clocks. */
export function measureDelay(metrics: Metrics, group: string): (event: CloudEvent) => void {
  const histogram = metrics.histogram({
    name: 'foyer_event_delay_seconds',
    help: 'Time from the change of state to the end of handling its event, also when that came again, by group',
    labels: ['group'],
    buckets: BUCKETS,
  });
  return ({ time }) => {
    // Clocks of two machines may differ.
    histogram.observe(Math.max(0, Date.now() - Date.parse(time)) / 1000, { group });
  };
}
