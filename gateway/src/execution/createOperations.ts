import { buildOperationContext } from '@apollo/gateway';
import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type OperationTypeNode,
  type VariableDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { findRestricted, type RestrictedField } from '../authorization/findRestricted.js';
import { withPlaceholders } from '../authorization/placeholders.js';
import { readRequirements } from '../authorization/readRequirements.js';
import { withoutFields } from '../authorization/withoutFields.js';
import type { Graph } from '../graph/loadGraph.js';
import type { Cost } from '../limits/cost/cost.js';
import { operationCost } from '../limits/cost/operationCost.js';
import { readCosts } from '../limits/cost/readCosts.js';
import { plannersNames } from './names/plannersNames.js';
import { renameOperation } from './names/renameOperation.js';
import { clientsName, renamingsOf, type Renamings } from './names/renamings.js';

/** An operation as @apollo/gateway's executor takes it. */
export type OperationContext = ReturnType<typeof buildOperationContext>;

/** One operation of a valid document, ready to be planned. */
export interface Operation {
  readonly type: OperationTypeNode;
  readonly name: string | undefined;
  /** As the client wrote them. */
  readonly variableDefinitions: readonly VariableDefinitionNode[];
  /** Variables' values under the names that the plan, and the conditions of `restricted`, know them by. */
  variables(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** What it may cost, by the client's variables, coerced. */
  readonly cost: Cost;
  /** The fields that demand something of the caller. */
  readonly restricted: readonly RestrictedField[];
  /** The plan without some of its fields, made once for every set of them. @throws GraphQLError when it can't be planned. */
  plan(forbidden: readonly RestrictedField[]): Plan;
}

/** How an operation is run for those who may not have some of its fields. */
export interface Plan {
  readonly queryPlan: QueryPlan;
  /** What the result is shaped by: the operation with placeholders for the forbidden fields. */
  readonly context: OperationContext;
  /** The placeholders' fields, by their numbers. */
  readonly placeholders: readonly RestrictedField[];
  /** Where the result's keys are not the client's; null when all are. */
  readonly renamings: Renamings | null;
  /** The client's response names by those of the plan, for paths. */
  readonly responseNames: ReadonlyMap<string, string>;
}

/** Readies operations. What was worked out for a document is kept as long as the document. */
export interface Operations {
  /**
   * @param document valid against the API schema.
   * @throws GraphQLError `OPERATION_RESOLUTION_FAILURE` when the name chooses no operation, or not one alone.
   */
  find(document: DocumentNode, operationName: string | null | undefined): Operation;
}

/** Callers differ in few ways; more plans than this are made again when needed. */
const PLANS_PER_OPERATION = 16;

/** Readies operations of a graph. */
export function createOperations(graph: Graph): Operations {
  const requirements = readRequirements(graph.supergraph, graph.apiSchema);
  const costs = readCosts(graph.supergraph);
  const names = plannersNames(graph.supergraphSdl, graph.supergraphSchema);
  const byDocument = new WeakMap<DocumentNode, Map<string, Operation>>();

  const ready = (document: DocumentNode, operationName: string | undefined): Operation => {
    const asked = contextOf(graph, document, operationName);
    const {
      document: alone,
      responseNames,
      variables,
    } = renameOperation(
      { kind: Kind.DOCUMENT, definitions: [asked.operation, ...Object.values(asked.fragments)] },
      names,
    );
    const context = contextOf(graph, alone, undefined);
    const restricted = findRestricted(
      graph.apiSchema,
      requirements,
      context.operation,
      context.fragments,
    ).map((each) => ({ ...each, path: each.path.map((name) => clientsName(name, responseNames)) }));
    const numbers = new Map(
      [...new Set(restricted.map(({ node }) => node))].map((node, index) => [node, index]),
    );
    const plans = new LRUCache<string, Plan>({ max: PLANS_PER_OPERATION });
    return {
      type: context.operation.operation,
      name: context.operation.name?.value,
      variableDefinitions: asked.operation.variableDefinitions ?? [],
      variables,
      cost: operationCost(graph.apiSchema, costs, asked.operation, asked.fragments),
      restricted,
      plan(forbidden) {
        // A fragment spread twice names the same field twice.
        const placeholders = [...new Map(forbidden.map((each) => [each.node, each])).values()];
        const key = placeholders.map(({ node }) => numbers.get(node)).join();
        let plan = plans.get(key);
        if (!plan) {
          const nodes = placeholders.map(({ node }) => node);
          const permitted = nodes.length === 0 ? alone : withoutFields(alone, new Set(nodes));
          const shape = nodes.length === 0 ? alone : withPlaceholders(alone, nodes);
          plan = {
            queryPlan: planOf(graph, permitted),
            context: contextOf(graph, shape, undefined),
            placeholders,
            renamings: renamingsOf(shape, responseNames),
            responseNames,
          };
          plans.set(key, plan);
        }
        return plan;
      },
    };
  };

  return {
    find(document, operationName) {
      let known = byDocument.get(document);
      if (!known) {
        known = new Map();
        byDocument.set(document, known);
      }
      const key = operationName ?? '';
      let operation = known.get(key);
      if (!operation) {
        operation = ready(document, operationName ?? undefined);
        known.set(key, operation);
      }
      return operation;
    },
  };
}

function contextOf(
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
): OperationContext {
  try {
    return buildOperationContext({
      schema: graph.apiSchema,
      operationDocument: document,
      ...(operationName !== undefined && { operationName }),
    });
  } catch (error) {
    throw new GraphQLError((error as Error).message, {
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
    });
  }
}

function planOf(graph: Graph, document: DocumentNode): QueryPlan {
  return graph.planner.buildQueryPlan(operationFromDocument(graph.api, document));
}
