import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { boundedListsRule, MAXIMUM_ERRORS } from '@foyer/platform';
import { LRUCache } from 'lru-cache';
import { finiteNumbersRule } from '../limits/finiteNumbersRule.js';
import type { Limits } from '../limits/limits.js';
import { limitsRule } from '../limits/limitsRule.js';
import { plainSubscriptionRule } from './plainSubscriptionRule.js';

/** Parses and validates documents, and keeps the good ones: what Apollo Server does for HTTP. */
export type Documents = (query: string) => DocumentNode | readonly GraphQLError[];

const BOUNDS = { maxErrors: MAXIMUM_ERRORS };

/** @param introspection whether clients may ask for the schema. */
export function createDocuments(schema: GraphQLSchema, limits: Limits, introspection: boolean): Documents {
  const known = new LRUCache<string, DocumentNode>({ max: 1000 });
  // Ours come first: they keep from graphql-js's what takes it long, and a condition on a root field, at which its
  // SingleFieldSubscriptionsRule throws.
  const ownRules = [limitsRule(limits), boundedListsRule, finiteNumbersRule, plainSubscriptionRule];
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return (query) => {
    let document = known.get(query);
    if (document) return document;
    try {
      document = parse(query, { maxLexicalTokens: limits.tokens });
    } catch (error) {
      return [withCode(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
    }
    const ownErrors = validate(schema, document, ownRules, BOUNDS);
    const wrong = ownErrors.length > 0 ? ownErrors : validate(schema, document, rules, BOUNDS);
    if (wrong.length > 0) return wrong.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    known.set(query, document);
    return document;
  };
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, extensions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code, ...extensions },
  });
}
