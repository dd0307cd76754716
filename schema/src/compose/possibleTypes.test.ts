import { buildSchema } from 'graphql';
import { possibleTypes } from './possibleTypes.js';

test('names the types behind interfaces and unions, and nothing else', () => {
  const schema = buildSchema(`
    type Query { result: Result node: Node }
    interface Node { id: ID! }
    interface Named implements Node { id: ID! name: String }
    type Zebra implements Node & Named { id: ID! name: String }
    type Ant implements Node { id: ID! }
    union Result = Zebra | Ant
  `);
  expect(possibleTypes(schema)).toEqual({
    Named: ['Zebra'],
    Node: ['Ant', 'Zebra'],
    Result: ['Ant', 'Zebra'],
  });
});
