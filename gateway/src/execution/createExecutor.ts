import { executeQueryPlan } from '@apollo/gateway';
import { boundErrors, MAXIMUM_ERRORS } from '@foyer/platform';
import type { GraphQLDataSource } from '@apollo/gateway';
import {
  GraphQLError,
  getVariableValues,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
} from 'graphql';
import { findForbidden } from '../authorization/findForbidden.js';
import type { RestrictedField } from '../authorization/findRestricted.js';
import { forbiddenError } from '../authorization/forbiddenError.js';
import type { PolicyDecision } from '../authorization/requirement.js';
import { callerKey } from '../limits/callerKey.js';
import { valueOf } from '../limits/cost/cost.js';
import type { FairShare } from '../limits/createFairShare.js';
import { costError } from '../limits/limitError.js';
import type { GatewayMetrics } from '../metrics/createGatewayMetrics.js';
import type { Graph } from '../graph/loadGraph.js';
import type { Operation, Operations, Plan } from './createOperations.js';
import type { RequestScope } from './requestScope.js';
import { shapeResult } from './shapeResult.js';

/** What one request asks for. */
export interface OperationRequest {
  /** Valid against the API schema. */
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

/** An operation with its variables, which its caller may run. */
export interface PermittedOperation {
  readonly operation: Operation;
  /** What it may cost, estimated. */
  readonly cost: number;
  readonly plan: Plan;
  /** Under the plan's names. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Runs operations on a graph. */
export interface Executor {
  /**
   * Runs a query or mutation. Errors are as thrown, to be masked by whoever sends them (`publicError`).
   * It waits for its caller's fair share; what is refused for that (`TOO_BUSY`) was not begun.
   * A query gives null and an error for each field that the caller may not have; a mutation with such a field is refused
   * before anything runs.
   */
  execute(request: OperationRequest, scope: RequestScope): Promise<ExecutionResult>;
  /**
   * Checks what a request asks for and whether its caller may.
   * @returns the errors when it can't be run. A query comes with a plan without what is forbidden, everything else only
   * whole.
   */
  permit(request: OperationRequest, scope: RequestScope): PermittedOperation | readonly GraphQLError[];
  /** Runs a plan. @param services the subgraphs, or what stands for them. */
  run(permitted: PermittedOperation, services: Services, scope: RequestScope): Promise<ExecutionResult>;
}

/** Subgraphs by name. */
export type Services = Readonly<Record<string, GraphQLDataSource>>;

/** What an executor runs on. */
export interface ExecutorOptions {
  readonly graph: Graph;
  readonly operations: Operations;
  readonly services: Services;
  readonly policy: PolicyDecision;
  /** What an operation may cost; null: costs are measured only. */
  readonly maxCost: number | null;
  readonly fairShare: FairShare;
  readonly metrics: GatewayMetrics;
}

type PlanRequestContext = Parameters<typeof executeQueryPlan>[2];

/** An executor by @apollo/gateway's `executeQueryPlan`. */
export function createExecutor(options: ExecutorOptions): Executor {
  const { graph, operations, services, policy, maxCost, fairShare, metrics } = options;
  const permit: Executor['permit'] = (request, scope) => {
    const operation = operations.find(request.document, request.operationName);
    const given = request.variables ?? {};
    const { errors, coerced } = getVariableValues(graph.apiSchema, operation.variableDefinitions, given, {
      maxErrors: MAXIMUM_ERRORS,
    });
    if (errors) return errors.map(badVariable);
    // Before it is planned, which for what is dear is dear too.
    const cost = valueOf(operation.cost, coerced);
    metrics.cost(operation, cost);
    if (maxCost !== null && cost > maxCost) return [costError(cost, maxCost)];
    const forbidden = findForbidden(
      operation.restricted,
      scope.caller.identity,
      policy,
      operation.variables(coerced),
    );
    if (forbidden.length > 0 && operation.type !== OperationTypeNode.QUERY)
      return forbidden.map((each) => refused(each, scope));
    return { operation, cost, plan: operation.plan(forbidden), variables: operation.variables(given) };
  };

  const run: Executor['run'] = async ({ operation, plan, variables }, runServices, scope) => {
    const begun = performance.now();
    const result = await executeQueryPlan(
      plan.queryPlan,
      runServices,
      // Of Apollo Server's request context the executor reads these parts only.
      {
        request: { variables },
        context: scope,
        metrics: {},
        logger: scope.log,
      } as unknown as PlanRequestContext,
      plan.context,
      graph.supergraphSchema,
      graph.api,
    );
    if (operation.type === OperationTypeNode.SUBSCRIPTION) {
      metrics.event(operation, (performance.now() - begun) / 1000);
    }
    return bounded(shapeResult(result, plan, scope.caller.identity));
  };

  return {
    permit,
    run,
    execute(request, scope) {
      const permitted = permit(request, scope);
      if (!('plan' in permitted)) return Promise.resolve({ errors: permitted });
      if (permitted.operation.type === OperationTypeNode.SUBSCRIPTION) {
        return Promise.resolve({ errors: [overSocket()] });
      }
      scope.onOperation?.(permitted.operation.type);
      return fairShare.run(callerKey(scope.caller.identity), permitted.cost, scope.signal, () =>
        run(permitted, services, scope),
      );
    },
  };
}

function bounded(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  return {
    ...result,
    errors: boundErrors(result.errors, (message, extensions) => new GraphQLError(message, { extensions })),
  };
}

function badVariable({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

/** The operation is not run at all, so the answer's status says why. */
function refused({ coordinate, path }: RestrictedField, { caller }: RequestScope): GraphQLError {
  const error = forbiddenError(coordinate, path, caller.identity);
  const status = caller.identity.kind === 'guest' ? 401 : 403;
  return new GraphQLError(error.message, { path, extensions: { ...error.extensions, http: { status } } });
}

function overSocket(): GraphQLError {
  return new GraphQLError('Send subscriptions over WebSocket (graphql-ws) to this same address.', {
    extensions: { code: 'SUBSCRIPTION_OVER_HTTP', http: { status: 400 } },
  });
}
