const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');
const at = (path) => join(ROOT, path);

describe('the import graph', () => {
  let graph;
  let reachableFrom;

  beforeAll(async () => {
    const module = await import('./importGraph.mjs');
    graph = module.readImportGraph();
    ({ reachableFrom } = module);
  });

  test('follows a name through index files to the file that defines it, and no further', () => {
    const used = reachableFrom(at('subgraphs/orders/src/domain/pricing.test.ts'), graph);
    expect(used.get(at('subgraphs/orders/src/domain/pricing.ts'))).toBe(1);
    expect([...used.keys()].filter((file) => file.startsWith(at('platform/src/postgres')))).toEqual([]);
  });

  test('knows files that are replaced or run by name', () => {
    const used = reachableFrom(at('subgraphs/inventory/src/store/lockOffers.test.ts'), graph);
    expect(used.get(at('subgraphs/inventory/src/store/readBook.ts'))).toBe(1);
  });

  test('reaches every part of the system from a purchase', () => {
    const used = reachableFrom(at('test/src/e2e/ticketPurchase.test.ts'), graph);
    for (const file of ['gateway/src/createGateway.ts', 'subgraphs/orders/src/operations/placeOrder.ts']) {
      expect(used.has(at(file))).toBe(true);
    }
  });
});

describe('tests that need no engine', () => {
  let unit;

  beforeAll(async () => {
    const { unitTests } = await import('./selectTests.mjs');
    unit = new Set(unitTests());
  });

  test('are those of rules', () => {
    expect(unit.has(at('subgraphs/orders/src/domain/pricing.test.ts'))).toBe(true);
    expect(unit.has(at('subgraphs/inventory/src/domain/decideGroup.test.ts'))).toBe(true);
  });

  test('are none that start Postgres, a broker, or a process', () => {
    for (const file of [
      'subgraphs/orders/src/placeOrder.test.ts',
      'kafka/src/bus/kafka/createKafkaBus.test.ts',
      'subgraphs/users/src/main.test.ts',
      'test/src/e2e/ticketPurchase.test.ts',
    ]) {
      expect([file, unit.has(at(file))]).toEqual([file, false]);
    }
  });
});

describe('patterns of sources', () => {
  let onCompiled;

  beforeAll(async () => {
    ({ onCompiled } = await import('./selectTests.mjs'));
  });

  test.each([
    ['gateway/src/limits', 'gateway/dist/limits'],
    ['gateway/src', 'gateway/dist'],
    ['src/domain/pricing.test.ts', 'dist/domain/pricing.test.js'],
    ['/usr/src/foyer/gateway/src/limits', '/usr/src/foyer/gateway/dist/limits'],
    ['gateway/dist/limits', 'gateway/dist/limits'],
    ['resources', 'resources'],
    ['--testPathPatterns=a/src/b', '--testPathPatterns=a/src/b'],
    ['reads a/src/b', 'reads a/src/b'],
  ])('%s finds %s', (given, meant) => {
    expect(onCompiled(['-w', '1', given])).toEqual(['-w', '1', meant]);
  });
});
