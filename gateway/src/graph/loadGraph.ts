import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, type Schema } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { completeIntrospection } from './completeIntrospection.js';

/** A composed supergraph, ready to plan and run operations. */
export interface Graph {
  readonly supergraphSdl: string;
  /** Names of its subgraphs. */
  readonly subgraphs: readonly string[];
  /** What clients see, for graphql-js: validation and introspection. */
  readonly apiSchema: GraphQLSchema;
  /** What clients see, for the planner. */
  readonly api: Schema;
  /** All of it, `@inaccessible` included: what subgraphs are asked by. */
  readonly supergraphSchema: GraphQLSchema;
  /** All of it, for reading directives. */
  readonly supergraph: Schema;
  readonly planner: QueryPlanner;
}

/**
 * Features of a supergraph that change how it must be run and that this gateway honours. The first three are what
 * `ApolloGateway` itself refuses for want of enforcement; `authorization/` enforces them.
 */
const SUPPORTED_FEATURES = new Set([
  ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  'https://specs.apollo.dev/authenticated/v0.1',
  'https://specs.apollo.dev/requiresScopes/v0.1',
  'https://specs.apollo.dev/policy/v0.1',
  'https://specs.apollo.dev/cost/v0.1',
]);

/** Reads a supergraph. @throws GraphQLError when it is none, or needs a feature that is not honoured here. */
export function loadGraph(supergraphSdl: string): Graph {
  const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures: SUPPORTED_FEATURES });
  const api = supergraph.apiSchema();
  completeIntrospection(api);
  return {
    supergraphSdl,
    subgraphs: supergraph.subgraphsMetadata().map(({ name }) => name),
    apiSchema: api.toGraphQLJSSchema(),
    api,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    supergraph: supergraph.schema,
    planner: new QueryPlanner(supergraph),
  };
}
