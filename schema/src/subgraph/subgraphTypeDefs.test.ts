import { Kind, print } from 'graphql';
import { resolversFor } from '../scalars/resolversFor.js';
import { subgraphTypeDefs } from './subgraphTypeDefs.js';

const namesIn = (sdl: string): string[] =>
  subgraphTypeDefs(sdl).definitions.flatMap((each) => ('name' in each && each.name ? [each.name.value] : []));

test('adds the shared types that are referred to, transitively, and no others', () => {
  expect(namesIn('type Query { price: Money }')).toEqual(['Query', 'MinorUnits', 'CurrencyCode', 'Money']);
  expect(
    namesIn(
      'type Query { x: X } type X implements Refusal { code: String! message: String! } union U = X | InvalidInput',
    ),
  ).toEqual(['Query', 'X', 'U', 'Refusal', 'InvalidInput', 'InvalidField']);
  expect(namesIn('type Query { x(at: [DateTime!]): Int }')).toEqual(['Query', 'DateTime']);
});

test('imports the federation directives that are used, those of shared types included', () => {
  const [link] = subgraphTypeDefs(
    'type Query { me: Me @authenticated @deprecated } type Me @key(fields: "id") { id: ID! of: Money }',
  ).definitions;
  expect(link?.kind).toBe(Kind.SCHEMA_EXTENSION);
  expect(link && print(link)).toContain('import: ["@authenticated", "@cost", "@key", "@shareable"]');
});

test('refuses a second definition of a shared type', () => {
  expect(() => subgraphTypeDefs('type Query { x: Int } type Money { amount: Int }')).toThrow(
    'Money is a shared type',
  );
});

test('resolversFor adds the scalars that the schema has; its own come first', () => {
  const typeDefs = subgraphTypeDefs('type Query { price: Money at: DateTime }');
  const resolvers = resolversFor(typeDefs, { Query: { price: () => null } });
  expect(Object.keys(resolvers).sort()).toEqual(['CurrencyCode', 'DateTime', 'MinorUnits', 'Query']);
});
