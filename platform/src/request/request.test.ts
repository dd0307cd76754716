import { createHash } from 'node:crypto';
import { GraphQLError, buildSchema, parse, validate } from 'graphql';
import { boundedListsRule } from './boundedListsRule.js';
import { boundErrors } from './boundErrors.js';
import { chooseOperation } from './chooseOperation.js';
import { readRequest } from './readRequest.js';
import { shorten } from './shorten.js';

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof GraphQLError ? error.extensions['code'] : error;
  }
  return undefined;
};
const query = '{ a }';
const hash = createHash('sha256').update(query).digest('hex');
const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('a request', () => {
  test('is read once; what is empty or null is absent, and what is nothing of ours is left out', () => {
    expect(readRequest({ query, operationName: '', variables: null, extensions: null, more: 1 })).toEqual({
      query,
    });
    const whole = { query, operationName: 'A', variables: { a: [1, null] }, extensions: { b: 1 } };
    expect(readRequest(whole)).toEqual(whole);
  });

  test.each<[unknown]>([
    [undefined],
    [null],
    ['text'],
    [[{ query }]],
    [{}],
    [{ query: '' }],
    [{ query: 7 }],
    [{ query, operationName: 7 }],
    [{ query, operationName: {} }],
    [{ query, variables: '{}' }],
    [{ query, variables: [1] }],
    [{ query, extensions: 7 }],
    [{ query, extensions: { persistedQuery: 7 } }],
    [{ query, extensions: { persistedQuery: { version: 2, sha256Hash: hash } } }],
    [{ query, extensions: { persistedQuery: { version: 1, sha256Hash: hash.replace(/./g, 'a') } } }],
    [{ extensions: { persistedQuery: { version: 1, sha256Hash: 'secret' } } }],
    [{ extensions: { persistedQuery: { version: 1, sha256Hash: { not: 'text' } } } }],
    [{ extensions: { persistedQuery: { version: 1, sha256Hash: hash.toUpperCase() } } }],
  ])('that is none is refused: %j', (sent) => {
    expect(codeOf(() => readRequest(sent))).toBe('BAD_REQUEST');
  });

  test('of a persisted query has its hash, alone or with the document', () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    expect(readRequest({ extensions })).toEqual({ extensions });
    expect(readRequest({ query, extensions })).toEqual({ query, extensions });
  });

  test.each<[string, unknown]>([
    ['a long list', Array.from({ length: 1001 }, () => 1)],
    ['a long list within', { a: [{ b: Array.from({ length: 1001 }, () => 1) }] }],
    ['many values', Array.from({ length: 100 }, () => Array.from({ length: 300 }, () => 1))],
    ['many fields', Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`f${index}`, 1]))],
    ['many levels', nested(33)],
    ['levels that would end the process', nested(200_000)],
  ])('with %s in its variables is refused', (_what, value) => {
    expect(codeOf(() => readRequest({ query, variables: { value } }))).toBe('BAD_USER_INPUT');
    const free = new Set(['value']);
    expect(codeOf(() => readRequest({ query, variables: { value } }, free))).toBeUndefined();
  });

  test('may have lists of a thousand and thirty levels', () => {
    const variables = { list: Array.from({ length: 1000 }, () => 1), deep: nested(30) };
    expect(readRequest({ query, variables }).variables).toEqual(variables);
  });
});

test('lists written in a document are as long as those in variables', () => {
  const schema = buildSchema('type Query { a(of: [Int]): Int }');
  const errorsOf = (length: number): readonly GraphQLError[] =>
    validate(schema, parse(`{ a(of: [${'1 '.repeat(length)}]) }`), [boundedListsRule]);
  expect(errorsOf(1000)).toEqual([]);
  expect(errorsOf(1001)).toHaveLength(1);
});

test('an operation is chosen by its name, or is the only one', () => {
  const two = parse('query A { a } mutation B { b }');
  expect(chooseOperation(two, 'B').operation).toBe('mutation');
  expect(chooseOperation(parse('query A { a }'), undefined).name?.value).toBe('A');
  for (const name of [undefined, 'C', 'x'.repeat(10_000)]) {
    expect(codeOf(() => chooseOperation(two, name))).toBe('OPERATION_RESOLUTION_FAILURE');
  }
});

test('a list of errors has at most fifty, and says how many more there are', () => {
  const errors = Array.from({ length: 50 }, (_, index) => `${index}`);
  const leftOut = (message: string, { code }: { code: string }): string => `${code} ${message}`;
  expect(boundErrors(errors, leftOut)).toBe(errors);
  expect(boundErrors([...errors, ...errors], leftOut)).toEqual([
    ...errors,
    'TOO_MANY_ERRORS 50 more errors are left out: at most 50 are listed.',
  ]);
});

test('a message that repeats what was sent is shortened, never within a character', () => {
  expect(shorten('x'.repeat(500))).toHaveLength(500);
  expect(shorten('x'.repeat(501))).toBe(`${'x'.repeat(500)}…`);
  expect(shorten('ab😀', 3)).toBe('ab…');
});
