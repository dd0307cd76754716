import { createLibrary } from './testing/library.js';
import { createWorld, type World } from './testing/createWorld.js';

describe.each(['in-process', 'HTTP'] as const)('a gateway before an unknown supergraph, %s', (reach) => {
  const library = createLibrary();
  let world: World;

  beforeAll(async () => {
    world = await createWorld(library.subgraphs, { reach });
  });
  afterAll(() => world.stop());

  test('answers a query whose fields come from several subgraphs', async () => {
    const { data, errors, status } = await world.send(
      '{ book(id: "b1") { title author { name } ... on Novel { pages } } }',
    );
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    expect(data).toEqual({ book: { title: 'Waves', author: { name: 'Ada' }, pages: 300 } });
  });

  test('tells subgraphs who is asking', async () => {
    const token = await world.token({ userId: 'somebody' });
    expect((await world.send('{ whoAmI }', { token })).data).toEqual({ whoAmI: 'somebody' });
    expect((await world.send('{ whoAmI }')).data).toEqual({ whoAmI: 'guest' });
  });
});
