import { firstNames, type Metrics } from '@foyer/platform';
import type { OperationTypeNode } from 'graphql';

/** An operation as it is counted. */
export interface CountedOperation {
  readonly type: OperationTypeNode;
  readonly name: string | undefined;
}

/** What a gateway tells Prometheus of its requests. */
export interface GatewayMetrics {
  /** An answer to a query or mutation. @param operation null when it could not be read. @param codes of its errors. */
  answered(operation: CountedOperation | null, seconds: number, codes: readonly unknown[]): void;
  /** An event of a subscription, with the rest of its plan. */
  event(operation: CountedOperation, seconds: number): void;
  /** The estimate for an operation, refused or not. */
  cost(operation: CountedOperation, cost: number): void;
  /** An answer of a subgraph, or none. @param code of its error; null when there is none. */
  subgraph(name: string, seconds: number, code: unknown): void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COSTS = [1, 10, 50, 100, 500, 1000, 2000, 5000, 10_000, 100_000];

/** Names that come from outside, shown before the rest is `other`. */
const SHOWN = 200;

/** @param registered names of operations that are always shown. */
export function createGatewayMetrics(metrics: Metrics, registered: readonly string[]): GatewayMetrics {
  const names = firstNames(SHOWN, registered);
  const codes = firstNames(SHOWN);
  const requests = metrics.histogram({
    name: 'foyer_operation_seconds',
    help: 'Time from a request to its answer, by type and name of the operation',
    labels: ['type', 'operation'],
    buckets: SECONDS,
  });
  const errors = metrics.counter({
    name: 'foyer_operation_errors_total',
    help: 'Errors in answers, by type and name of the operation and code',
    labels: ['type', 'operation', 'code'],
  });
  const events = metrics.histogram({
    name: 'foyer_subscription_event_seconds',
    help: 'Time to complete an event of a subscription, by name of the operation',
    labels: ['operation'],
    buckets: SECONDS,
  });
  const costs = metrics.histogram({
    name: 'foyer_operation_cost',
    help: 'Estimated costs, refused operations included, by type and name of the operation',
    labels: ['type', 'operation'],
    buckets: COSTS,
  });
  const fetches = metrics.histogram({
    name: 'foyer_subgraph_request_seconds',
    help: 'Time from a request to a subgraph to its answer',
    labels: ['subgraph'],
    buckets: SECONDS,
  });
  const failures = metrics.counter({
    name: 'foyer_subgraph_errors_total',
    help: 'Answers of subgraphs with errors, and those that did not come, by the first code',
    labels: ['subgraph', 'code'],
  });
  const labelsOf = (operation: CountedOperation | null): { type: string; operation: string } =>
    operation
      ? {
          type: operation.type,
          operation: operation.name === undefined ? 'anonymous' : names(operation.name),
        }
      : { type: 'none', operation: 'other' };
  const codeOf = (code: unknown): string => codes(typeof code === 'string' ? code : 'none');

  return {
    answered(operation, seconds, found) {
      const labels = labelsOf(operation);
      requests.observe(seconds, labels);
      for (const code of found) errors.add({ ...labels, code: codeOf(code) });
    },
    event(operation, seconds) {
      events.observe(seconds, { operation: labelsOf(operation).operation });
    },
    cost(operation, cost) {
      costs.observe(cost, labelsOf(operation));
    },
    subgraph(name, seconds, code) {
      fetches.observe(seconds, { subgraph: name });
      if (code !== null) failures.add({ subgraph: name, code: codeOf(code) });
    },
  };
}
