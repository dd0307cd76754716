import { parse } from 'graphql';
import { subgraphTypeDefs } from '../subgraph/subgraphTypeDefs.js';
import { lintSchemas } from './lintSchemas.js';

/** What lint reports of a schema, as `rule coordinate`. */
const report = (...sdls: string[]): string[] =>
  lintSchemas(sdls.map((sdl) => parse(sdl))).map(({ rule, coordinate }) => `${rule} ${coordinate}`);

const REFUSAL = `
  "A no." interface Refusal { "Code." code: String! "Words." message: String! }
  "Full." type Full implements Refusal { "Code." code: String! "Words." message: String! }`;
const PAGE_INFO = '"Page." type PageInfo { "More." hasNextPage: Boolean! }';

describe('described', () => {
  test.each([
    ['type Thing { "Id." id: ID! }', 'Thing'],
    ['"A thing." type Thing { id: ID! }', 'Thing.id'],
    ['"A thing." type Thing { "Name." name(form: String): String }', 'Thing.name(form:)'],
    ['"A thing." type Thing { "" id: ID! }', 'Thing.id'],
    ['"An input." input ThingInput { name: String }', 'ThingInput.name'],
    ['"A state." enum State { OPEN }', 'State.OPEN'],
    ['enum State { "Open." OPEN }', 'State'],
    ['scalar Even @specifiedBy(url: "https://even.test")', 'Even'],
    ['type Query { "A thing." thing: Int }', 'Query'],
    ['"A." type A { "B." b: Int } union U = A', 'U'],
    ['interface Named { "Name." name: String }', 'Named'],
    ['extend type Query { thing: Int }', 'Query.thing'],
  ])('%s', (sdl, coordinate) => {
    expect(report(sdl)).toEqual([`described ${coordinate}`]);
  });

  test('one description is enough for what several subgraphs know', () => {
    expect(
      report('"A thing." type Thing { "Id." id: ID! }', 'type Thing { id: ID! "Size." size: Int }'),
    ).toEqual([]);
  });
});

describe('specified', () => {
  test('a scalar names what says its form', () => {
    expect(report('"Even." scalar Even')).toEqual(['specified Even']);
    expect(report('"Even." scalar Even @specifiedBy(url: "https://even.test")')).toEqual([]);
  });
});

describe('named', () => {
  test.each([
    ['"T." type thing { "I." id: ID! }', 'thing'],
    ['"T." type Some_Thing { "I." id: ID! }', 'Some_Thing'],
    ['"T." type Thing { "I." Id: ID! }', 'Thing.Id'],
    ['"T." type Thing { "I." the_id: ID! }', 'Thing.the_id'],
    ['"T." type Thing { "N." name("F." Form: String): String }', 'Thing.name(Form:)'],
    ['"T." input Thing { "N." Name: String }', 'Thing.Name'],
    ['"T." enum State { "O." open }', 'State.open'],
    ['"T." enum State { "O." OPEN_ }', 'State.OPEN_'],
  ])('%s', (sdl, coordinate) => {
    expect(report(sdl)).toEqual([`named ${coordinate}`]);
  });
});

describe('mutationsRefuse', () => {
  test.each([
    ['a scalar', 'String!'],
    ['an object', 'Done!'],
    ['a union that can be null', 'DoResult'],
    ['a union without a refusal', 'Only!'],
    ['a union of two payloads', 'Two!'],
    ['a union without a payload', 'No!'],
  ])('a mutation that returns %s', (_, type) => {
    const sdl = `${REFUSAL}
      "Done." type Done { "At." at: Int } "Also done." type AlsoDone { "At." at: Int }
      "R." union DoResult = Done | Full "R." union Only = Done "R." union Two = Done | AlsoDone | Full "R." union No = Full
      "Root." type Mutation { "Does it." do: ${type} }`;
    expect(report(sdl)).toEqual(['mutationsRefuse Mutation.do']);
    expect(report(sdl.replace(/do: .*\}/, 'do: DoResult! }'))).toEqual([]);
  });

  test('a refusal may stand in another subgraph’s schema', () => {
    const sdl =
      '"Done." type Done { "At." at: Int } "R." union DoResult = Done | Full "Root." type Mutation { "Does." do: DoResult! }';
    expect(report(sdl, REFUSAL)).toEqual([]);
  });
});

describe('connections', () => {
  const good = `${PAGE_INFO}
    "Things." type ThingConnection { "Edges." edges: [ThingEdge!]! "Page." pageInfo: PageInfo! }
    "An edge." type ThingEdge { "Cursor." cursor: String! "Thing." node: Thing! }
    "A thing." type Thing { "Id." id: ID! }
    "Root." type Query { "Things." things("How many." first: Int = 20, "Behind what." after: String): ThingConnection!
      @listSize(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["edges"]) }`;

  test('a good one', () => {
    expect(report(good)).toEqual([]);
  });

  test.each([
    ['edges: [ThingEdge!]!', 'edges: [Thing!]!', 'ThingConnection.edges'],
    ['pageInfo: PageInfo!', 'pageInfo: PageInfo', 'ThingConnection.pageInfo'],
    ['cursor: String!', 'cursor: ID!', 'ThingEdge.cursor'],
    ['node: Thing!', 'node: [Thing!]', 'ThingEdge.node'],
    ['first: Int = 20', 'limit: Int', 'Query.things'],
    ['after: String', 'after: Int', 'Query.things'],
  ])('%s as %s', (from, to, coordinate) => {
    const found = report(good.replace(from, to)).filter((each) => each.startsWith('connections'));
    expect(found).toEqual([`connections ${coordinate}`]);
  });
});

describe('sized', () => {
  test.each([
    ['[Thing!]! @listSize(assumedSize: 5)', []],
    ['[Thing!]', ['sized Query.x']],
    ['[[Thing!]!]! @listSize', ['sized Query.x']],
    ['[Int!]!', []],
    ['[State!]', []],
    ['ThingConnection @listSize(assumedSize: 20)', ['sized Query.x']],
    ['ThingConnection', ['sized Query.x']],
  ])('%s', (type, expected) => {
    const sdl = `"Root." type Query { "X." x("How many." first: Int, "Behind what." after: String): ${type} }
      "A thing." type Thing { "Id." id: ID! } "A state." enum State { "Open." OPEN }`;
    expect(report(sdl)).toEqual(expected);
  });
});

test('the shared types are clean themselves', () => {
  const sdl =
    subgraphTypeDefs(`"Root." type Query { "X." x: Money "P." page: PageInfo "J." json: JSON "At." at: DateTime
    "A." a: InvalidInput "B." b: NotFound "C." c: NotPermitted "D." d: NotInState "E." e: RateLimited }`);
  expect(lintSchemas([sdl])).toEqual([]);
});
