/** What an operation may ask for at most. */
export interface Limits {
  /** Lexical tokens of the document. */
  readonly tokens: number;
  /** Levels of fields below each other. Introspection is not counted. */
  readonly depth: number;
  /** Aliased fields, each as often as fragments put it there. */
  readonly aliases: number;
  /** Fields on the root type. */
  readonly rootFields: number;
  /** Fields in all, each as often as fragments put it there. */
  readonly fields: number;
}

/** Enough for what front ends ask; no more than a planner takes in its stride. */
export const DEFAULT_LIMITS: Limits = { tokens: 4000, depth: 16, aliases: 50, rootFields: 20, fields: 2000 };

/** Code and words of each limit's error. */
export const LIMIT_ERRORS: Readonly<Record<keyof Limits, readonly [code: string, what: string]>> = {
  tokens: ['TOO_MANY_TOKENS', 'tokens'],
  depth: ['QUERY_TOO_DEEP', 'levels of fields'],
  aliases: ['TOO_MANY_ALIASES', 'aliases'],
  rootFields: ['TOO_MANY_ROOT_FIELDS', 'fields on the root type'],
  fields: ['TOO_MANY_FIELDS', 'fields'],
};
