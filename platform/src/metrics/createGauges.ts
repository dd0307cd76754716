import type { Component } from '../lifecycle/component.js';
import type { GaugeOptions, Metrics } from './metrics.js';

/** Gauges that a process shows as long as it runs. */
export function createGauges(metrics: Metrics, gauges: readonly GaugeOptions[]): Component {
  let remove: readonly (() => void)[] = [];
  return {
    name: 'gauges',
    start() {
      remove = gauges.map((gauge) => metrics.gauge(gauge));
      return Promise.resolve();
    },
    stop() {
      for (const each of remove) each();
      return Promise.resolve();
    },
  };
}
