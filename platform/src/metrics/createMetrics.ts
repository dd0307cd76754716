import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics, Sample } from './metrics.js';
import { recently } from './recently.js';

const KEEP_MS = 5000;
const PATIENCE_MS = 2000;

/** How to make the metrics of a process. */
export interface CreateMetricsOptions {
  /** Whether the process itself is measured too: memory, CPU, event loop, garbage collection. Default false. */
  readonly ofProcess?: boolean;
}

/** Metrics on prom-client, in a registry of their own. */
export function createMetrics({ ofProcess = false }: CreateMetricsOptions = {}): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();
  const gauges = new Map<string, Set<() => Promise<readonly Sample[]>>>();
  const uncollected = new Counter({
    name: 'foyer_metrics_uncollected_total',
    help: 'Values that could not be collected, by metric',
    labelNames: ['metric'],
    registers: [registry],
  });

  const gaugeOf = (name: string, help: string, labelNames: readonly string[]) => {
    const collectors = gauges.get(name) ?? new Set();
    if (!gauges.has(name)) {
      gauges.set(name, collectors);
      new Gauge({
        name,
        help,
        labelNames,
        registers: [registry],
        async collect() {
          const collected = await Promise.allSettled(
            [...collectors].map((collect) => withinPatience(collect())),
          );
          this.reset();
          for (const samples of collected) {
            if (samples.status === 'rejected') uncollected.inc({ metric: name });
            else for (const { labels = {}, value } of samples.value) this.set(labels, value);
          }
        },
      });
    }
    return collectors;
  };

  return {
    contentType: registry.contentType,
    counter({ name, help, labels: labelNames = [] }) {
      const counter = counters.get(name) ?? new Counter({ name, help, labelNames, registers: [registry] });
      counters.set(name, counter);
      return { add: (labels = {}, by = 1) => counter.inc(labels, by) };
    },
    histogram({ name, help, labels: labelNames = [], buckets }) {
      const histogram =
        histograms.get(name) ??
        new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [registry] });
      histograms.set(name, histogram);
      return { observe: (value, labels = {}) => histogram.observe(labels, value) };
    },
    gauge({ name, help, labels = [], collect, keepMs = KEEP_MS }) {
      const collectors = gaugeOf(name, help, labels);
      const read = recently(collect, keepMs);
      collectors.add(read);
      return () => {
        collectors.delete(read);
      };
    },
    text: () => registry.metrics(),
  };
}

/** Rejects when an answer takes too long: a database that hangs must not hang the scrape. */
async function withinPatience<Value>(answer: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${PATIENCE_MS} ms`));
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
