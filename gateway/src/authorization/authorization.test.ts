import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { createWorld, type Answer, type World } from '../testing/createWorld.js';
import { createVault } from '../testing/vault.js';

describe('@authenticated, @requiresScopes and @policy', () => {
  const vault = createVault();
  let world: World;
  let person: string;

  beforeAll(async () => {
    world = await createWorld(vault.subgraphs, {
      policy: (policy, identity) =>
        policy === 'kin' && identity.kind === 'user' && identity.userId === 'cousin',
    });
    person = await world.token();
  });
  afterAll(() => world.stop());
  beforeEach(() => vault.calls.splice(0));

  /** Paths of the errors of a code, as text. */
  const paths = ({ errors }: Answer, code: string): string[] =>
    (errors ?? [])
      .filter(({ extensions }) => extensions['code'] === code)
      .map(({ path }) => (path ?? []).join('.'));

  test.each(['signedIn', 'scoped', 'family', 'both', 'secret', 'level', 'chest { gold }'])(
    'a guest gets null for %s and the rest of the answer',
    async (field) => {
      const answer = await world.send(`{ open ${field} }`);
      const name = field.split(' ')[0] ?? '';
      expect(answer.data).toEqual({ open: 'open', [name]: null });
      expect(answer.errors).toHaveLength(1);
      expect(paths(answer, 'UNAUTHENTICATED')).toEqual([name]);
      expect(vault.calls).toEqual(['open']);
    },
  );

  test.each([
    ['signedIn', [], 'hello'],
    ['secret', [], 'xyz'],
    ['chest { gold }', [], { gold: 3 }],
    ['scoped', ['a', 'b'], 'scoped'],
    ['scoped', ['c'], 'scoped'],
    ['both', ['c'], 'both'],
    ['level', ['level:read'], 'LOW'],
  ])('a person gets %s with scopes %j', async (field, scopes, value) => {
    const { data, errors } = await world.send(`{ ${field} }`, { token: await world.token({ scopes }) });
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {})).toEqual([value]);
  });

  test.each([
    ['scoped', ['a']],
    ['scoped', []],
    ['both', ['a']],
    ['level', ['c']],
    ['family', ['c']],
  ])('%s is forbidden to a person with scopes %j', async (field, scopes) => {
    const answer = await world.send(`{ open ${field} }`, { token: await world.token({ scopes }) });
    expect(answer.data).toEqual({ open: 'open', [field]: null });
    expect(paths(answer, 'FORBIDDEN')).toEqual([field]);
  });

  test('a policy is decided by what was given to decide it', async () => {
    const token = await world.token({ userId: 'cousin' });
    expect((await world.send('{ family }', { token })).data).toEqual({ family: 'family' });
  });

  test('a query of nothing else asks no subgraph', async () => {
    const answer = await world.send('{ signedIn chest { gold } }');
    expect(answer.data).toEqual({ signedIn: null, chest: null });
    expect(answer.status).toBe(200);
    expect(vault.calls).toEqual([]);
  });

  test('every element of a list has its null and its error', async () => {
    const answer = await world.send('{ people { name email } }');
    expect(answer.data).toEqual({
      people: [
        { name: 'Ann', email: null },
        { name: 'Bob', email: null },
      ],
    });
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['people.0.email', 'people.1.email']);
  });

  test('null goes up from a field that can’t be null', async () => {
    const answer = await world.send('{ open strictPeople { name email } }');
    expect(answer.data).toBeNull();
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['strictPeople']);
    expect(answer.errors).toHaveLength(1);
    const chest = await world.send('{ open mustChest { gold } }');
    expect(chest.data).toBeNull();
    expect(paths(chest, 'UNAUTHENTICATED')).toEqual(['mustChest']);
  });

  test('a field inside a type that is granted may still be forbidden', async () => {
    const answer = await world.send('{ chest { gold weight } }', { token: person });
    expect(answer.data).toEqual({ chest: null });
    expect(paths(answer, 'FORBIDDEN')).toEqual(['chest.weight']);
  });

  test('what the planner fetches as a key stays hidden', async () => {
    const answer = await world.send('{ person { name badge code again: code } }');
    expect(answer.data).toEqual({ person: { name: 'Ann', badge: 'badge of c1', code: null, again: null } });
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['person.code', 'person.again']);
  });

  test('aliases, fragments and nesting hide nothing', async () => {
    const query = `
      query Ask { a: person { ...Mail } b: person { friend { ...Mail } } ... on Query { c: signedIn } }
      fragment Mail on Person { mine: email ... on Person { name } }`;
    const answer = await world.send(query);
    expect(answer.data).toEqual({
      a: { mine: null, name: 'Ann' },
      b: { friend: { mine: null, name: 'Bob' } },
      c: null,
    });
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['a.mine', 'b.friend.mine', 'c']);
  });

  test('an object whose only field is forbidden is still there', async () => {
    const query =
      '{ open person { ...Mail } } fragment Mail on Person { ...Address } fragment Address on Person { email }';
    const answer = await world.send(query);
    expect(answer.data).toEqual({ open: 'open', person: { email: null } });
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['person.email']);
  });

  test('an interface’s field is forbidden when it is on any implementation', async () => {
    const answer = await world.send('{ items { label weight } }');
    expect(answer.data).toEqual({
      items: [
        { label: 'a crate', weight: null },
        { label: 'a bag', weight: null },
      ],
    });
  });

  test('asked for by type, an interface’s field is forbidden where it is', async () => {
    const answer = await world.send('{ items { label ... on Crate { weight lid } ... on Bag { weight } } }');
    expect(answer.data).toEqual({
      items: [
        { label: 'a crate', weight: null, lid: 'oak' },
        { label: 'a bag', weight: 1 },
      ],
    });
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['items.0.weight']);
  });

  test('a forbidden member of a union has its fields hidden, the others not', async () => {
    const answer = await world.send('{ things { __typename ... on Chest { gold } ... on Bag { label } } }');
    expect(answer.data).toEqual({
      things: [
        { __typename: 'Chest', gold: null },
        { __typename: 'Bag', label: 'a bag' },
        { __typename: 'Crate' },
      ],
    });
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['things.0.gold']);
  });

  test('what is not included is not refused', async () => {
    const query =
      'query ($yes: Boolean = false) { open signedIn @include(if: $yes) chest @skip(if: true) { gold } }';
    expect((await world.send(query)).errors).toBeUndefined();
    const answer = await world.send(query, { variables: { yes: true } });
    expect(answer.data).toEqual({ open: 'open', signedIn: null });
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['signedIn']);
  });

  test('a parent that is null leaves its error once', async () => {
    const answer = await world.send('{ person { friend { friend { email } } } }');
    expect(answer.data).toEqual({ person: { friend: { friend: null } } });
    expect(paths(answer, 'UNAUTHENTICATED')).toEqual(['person.friend.friend.email']);
  });

  test('a mutation with a forbidden field is refused before anything runs', async () => {
    const guest = await world.send('mutation { open close }');
    expect([guest.status, guest.data]).toEqual([401, undefined]);
    expect(paths(guest, 'UNAUTHENTICATED')).toEqual(['close']);
    const signedIn = await world.send('mutation { close forbidden }', { token: person });
    expect([signedIn.status, signedIn.data]).toEqual([403, undefined]);
    expect(paths(signedIn, 'FORBIDDEN')).toEqual(['forbidden']);
    expect(vault.calls).toEqual([]);
    expect((await world.send('mutation { open close }', { token: person })).data).toEqual({
      open: 'opened',
      close: 'closed',
    });
  });

  test('one document serves guests and people in turn', async () => {
    const query = '{ person { name email } }';
    for (let round = 0; round < 2; round += 1) {
      expect((await world.send(query)).data).toEqual({ person: { name: 'Ann', email: null } });
      expect((await world.send(query, { token: person })).data).toEqual({
        person: { name: 'Ann', email: 'ann@example.test' },
      });
    }
  });

  test('of several operations only the chosen one counts', async () => {
    const query = 'query Free { open } query Dear { signedIn } mutation Never { close }';
    expect((await world.send(query, { operationName: 'Free' })).errors).toBeUndefined();
    expect(paths(await world.send(query, { operationName: 'Dear' }), 'UNAUTHENTICATED')).toEqual([
      'signedIn',
    ]);
    const nameless = await world.send(query);
    expect(nameless.status).toBe(400);
    expect(nameless.errors?.[0]?.extensions['code']).toBe('OPERATION_RESOLUTION_FAILURE');
  });

  test('a supergraph that does not repeat them on its interfaces, as older ones, hides as much', async () => {
    const { supergraphSdl = '' } = composeServices(
      Object.entries(vault.subgraphs).map(([name, { sdl }]) => ({
        name,
        url: 'http://x.test',
        typeDefs: parse(sdl),
      })),
    );
    const item = /interface Item[^}]*\}/.exec(supergraphSdl)?.[0] ?? '';
    expect(item).toContain('@authenticated');
    const older = await createWorld(vault.subgraphs, {
      supergraphSdl: supergraphSdl.replace(item, item.replaceAll(' @authenticated', '')),
    });
    const answer = await older.send('{ items { label weight ... on Bag { own: weight } } }');
    expect(answer.data).toEqual({
      items: [
        { label: 'a crate', weight: null },
        { label: 'a bag', weight: null, own: 1 },
      ],
    });
    await older.stop();
  });
});
