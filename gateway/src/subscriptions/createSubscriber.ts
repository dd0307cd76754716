import type { QueryPlan } from '@apollo/query-planner';
import { newId, SubgraphUnavailable, type Log, type SubgraphTransport } from '@foyer/platform';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type {
  Executor,
  OperationRequest,
  PermittedOperation,
  Services,
} from '../execution/createExecutor.js';
import type { Plan } from '../execution/createOperations.js';
import type { SubgraphIdentitySigner } from '../execution/createSubgraphSource.js';
import type { RequestScope } from '../execution/requestScope.js';
import type { Connection } from './connection.js';
import { latestOf } from './latestOf.js';
import { resuming } from './resuming.js';

/** What subscriptions stand on. */
export interface SubscriberOptions {
  readonly executor: Executor;
  readonly services: Services;
  readonly transportTo: (subgraph: string) => SubgraphTransport;
  readonly signer: SubgraphIdentitySigner;
  /** Waits before each attempt to take up a lost source, in milliseconds. */
  readonly resumeDelaysMs: readonly number[];
  readonly log: Log;
}

/**
 * Begins a subscription.
 * @returns its results; or errors when it can't be begun. The results end with a thrown GraphQLError
 * (`SUBGRAPH_UNAVAILABLE`) when the subgraph is lost for good.
 */
export type Subscriber = (
  request: OperationRequest,
  connection: Connection,
) => AsyncIterableIterator<ExecutionResult> | readonly GraphQLError[];

/** The name under which an event answers for the subscription's first fetch; no subgraph can have it. */
const EVENT = ' event';

/**
 * Subscriptions planned by the gateway's own planner (`Subscription { primary, rest }`): the primary fetch goes to the
 * subgraph that owns the root field and stays open; every event then runs as a plan whose first fetch it answers, so that
 * the rest comes from whichever subgraphs have it.
 */
export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { executor, services, transportTo, signer, resumeDelaysMs, log } = options;

  return (request, connection) => {
    const ended = new AbortController();
    const requestId = newId();
    const scopeNow = (): RequestScope => ({
      caller: connection.caller,
      requestId,
      log: log.child({ requestId }),
      signal: ended.signal,
    });
    const scope = scopeNow();
    const first = executor.permit(request, scope);
    if (!('plan' in first)) return first;
    const { primary, eventPlan } = splitPlan(first.plan);

    const upstream = resuming({
      delaysMs: resumeDelaysMs,
      signal: ended.signal,
      open: async () =>
        transportTo(primary.serviceName).subscribe({
          query: primary.operation,
          variables: pick(first.variables, primary.variableUsages ?? []),
          operationName: primary.operationName,
          identity: await signer.sign(connection.caller.identity, primary.serviceName),
          requestId,
          signal: ended.signal,
        }),
    });
    const events = latestOf(upstream);
    let permitted: PermittedOperation = { ...first, plan: eventPlan };
    let caller = connection.caller;

    const resultOf = async (event: ExecutionResult): Promise<ExecutionResult> => {
      if (event.data === undefined && event.errors) return { errors: event.errors };
      const now = scopeNow();
      if (now.caller !== caller) {
        // The token was renewed, perhaps with other scopes.
        const again = executor.permit(request, now);
        if (!('plan' in again)) throw again[0] ?? new Error('refused without a reason');
        ({ caller } = now);
        permitted = { ...again, plan: eventPlan };
      }
      const answering = Object.create(services, {
        [EVENT]: { value: { process: () => Promise.resolve(event) } },
      }) as Services;
      return executor.run(permitted, answering, now);
    };
    const end = async (): Promise<void> => {
      ended.abort();
      await events.return?.();
    };
    const results: AsyncIterableIterator<ExecutionResult> = {
      async next() {
        try {
          const event = await events.next();
          if (event.done === true) return { done: true, value: undefined };
          return { done: false, value: await resultOf(event.value) };
        } catch (error) {
          await end();
          throw error instanceof SubgraphUnavailable ? lost() : error;
        }
      },
      async return() {
        await end();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return results;
      },
    };
    return results;
  };
}

/** The fetch that stays open, and the plan that each of its events runs. */
function splitPlan(plan: Plan) {
  const { node } = plan.queryPlan;
  if (node?.kind !== 'Subscription') throw new Error('this is no subscription’s plan');
  const { primary, rest } = node;
  const queryPlan: QueryPlan = {
    kind: 'QueryPlan',
    node: { kind: 'Sequence', nodes: [{ ...primary, serviceName: EVENT }, ...(rest ? [rest] : [])] },
  };
  return { primary, eventPlan: { ...plan, queryPlan } };
}

function pick(values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

function lost(): GraphQLError {
  return new GraphQLError('The source of these updates can’t be had at the moment: subscribe again soon.', {
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  });
}
