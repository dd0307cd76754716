import { createMetrics } from '@foyer/platform';
import { createLibrary } from '../testing/library.js';
import { createWorld, type World } from '../testing/createWorld.js';

describe('metrics of requests', () => {
  const metrics = createMetrics();
  let world: World;
  beforeAll(async () => {
    world = await createWorld(createLibrary().subgraphs, { metrics, operationNames: ['Registered'] });
  });
  afterAll(() => world.stop());

  const lines = async (name: string): Promise<readonly string[]> =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

  test('by operation, with errors by code', async () => {
    await world.send('query Book { book(id: "b1") { title author { name } } }');
    await world.send('query Book { failOnPurpose }');
    await world.send('{ nothing }');
    expect(await lines('foyer_operation_seconds_count')).toEqual([
      'foyer_operation_seconds_count{type="query",operation="Book"} 2',
      'foyer_operation_seconds_count{type="none",operation="other"} 1',
    ]);
    expect(await lines('foyer_operation_errors_total')).toEqual([
      'foyer_operation_errors_total{type="query",operation="Book",code="CLOSED"} 1',
      'foyer_operation_errors_total{type="none",operation="other",code="GRAPHQL_VALIDATION_FAILED"} 1',
    ]);
    expect(await lines('foyer_operation_cost_sum')).toEqual([
      'foyer_operation_cost_sum{type="query",operation="Book"} 2',
    ]);
  });

  test('by subgraph, also when it is away', async () => {
    await world.kill('authors');
    await world.send('query Book { book(id: "b1") { author { name } } }');
    await world.revive('authors');
    expect(await lines('foyer_subgraph_errors_total')).toContain(
      'foyer_subgraph_errors_total{subgraph="authors",code="SUBGRAPH_UNAVAILABLE"} 1',
    );
    expect(await lines('foyer_subgraph_request_seconds_count{subgraph="authors"}')).toEqual([
      'foyer_subgraph_request_seconds_count{subgraph="authors"} 2',
    ]);
  });

  test('names that come from outside are few', async () => {
    await Promise.all(Array.from({ length: 210 }, (_, n) => world.send(`query Q${n} { whoAmI }`)));
    await world.send('query Registered { whoAmI }');
    const names = (await lines('foyer_operation_seconds_count{type="query"')).map(
      (line) => /operation="(\w+)"/.exec(line)?.[1],
    );
    // 200, those registered, and `other`.
    expect(names).toHaveLength(202);
    expect(names).toEqual(expect.arrayContaining(['Registered', 'other', 'Book']));
  });
});
