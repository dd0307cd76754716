import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { createMemoryCache, type SubgraphRequest } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import { buildClientSchema, getIntrospectionQuery, printSchema, type IntrospectionQuery } from 'graphql';
import { createLibrary, type MadeUpSubgraph } from '../testing/library.js';
import { createWorld, type World } from '../testing/createWorld.js';

describe('the endpoint over HTTP', () => {
  const library = createLibrary();
  let world: World;

  beforeAll(async () => {
    world = await createWorld(library.subgraphs, { origins: ['https://shop.example'] });
  });
  afterAll(() => world.stop());

  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const codeOf = async (response: Response): Promise<unknown> => {
    const { errors } = (await response.json()) as { errors: { extensions: { code: unknown } }[] };
    return errors[0]?.extensions.code;
  };

  test('a request’s id is passed on and echoed, or made when it has none or a bad one', async () => {
    const seen: SubgraphRequest[] = [];
    const watched = await createWorld(library.subgraphs, { watch: (each) => seen.push(each) });
    await watched.send('{ whoAmI shelf }', { headers: { 'x-request-id': 'my-request-0000' } });
    expect(seen.map(({ requestId }) => requestId)).toEqual(['my-request-0000']);
    await watched.stop();
    const own = await world.send('{ whoAmI }', { headers: { 'x-request-id': 'my-request-0001' } });
    expect(own.headers.get('x-request-id')).toBe('my-request-0001');
    const bad = await world.send('{ whoAmI }', { headers: { 'x-request-id': 'a b' } });
    expect(bad.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a query may come by GET, a mutation not', async () => {
    const headers = { 'apollo-require-preflight': 'yes' };
    const query = await fetch(`${world.url}/graphql?query=${encodeURIComponent('{ whoAmI }')}`, { headers });
    expect(await query.json()).toEqual({ data: { whoAmI: 'guest' } });
    const mutation = encodeURIComponent('mutation { rename(id: 1, title: "x") }');
    expect((await fetch(`${world.url}/graphql?query=${mutation}`, { headers })).status).toBe(405);
  });

  test('a document that one gateway has been told is known to others by its hash', async () => {
    const cache = createMemoryCache();
    const [first, second] = [
      await createWorld(library.subgraphs, { cache }),
      await createWorld(library.subgraphs, { cache }),
    ];
    const query = '{ whoAmI }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const ask = async (gateway: World, hash: unknown, document?: string): Promise<unknown> => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: document,
          extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
        }),
      });
      const { data, errors } = (await response.json()) as {
        data?: unknown;
        errors?: { extensions: { code: unknown } }[];
      };
      return errors?.[0]?.extensions.code ?? data;
    };
    expect(await ask(first, sha256Hash)).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(await ask(first, sha256Hash, query)).toEqual({ whoAmI: 'guest' });
    expect(await ask(second, sha256Hash)).toEqual({ whoAmI: 'guest' });
    // A document under another's hash is not taken, and what is no hash is not looked for.
    expect(await ask(first, sha256Hash, '{ shelf }')).toBe('BAD_REQUEST');
    await cache.set('apq:secret', '{ whoAmI }', { ttlSeconds: 60 });
    for (const hash of ['secret', { not: 'text' }, 7]) {
      expect(await ask(first, hash)).toBe('BAD_REQUEST');
    }
    await first.stop();
    await second.stop();
  });

  test('a document that is too long to be kept is answered all the same', async () => {
    const query = `{ whoAmI } # ${'x'.repeat(70_000)}`;
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    const answer = await post(JSON.stringify({ query, extensions: { persistedQuery } }));
    expect(await answer.json()).toEqual({ data: { whoAmI: 'guest' } });
    const again = await post(JSON.stringify({ extensions: { persistedQuery } }));
    expect(await codeOf(again)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('metrics are shown beside health, to who does not come through a proxy', async () => {
    const shown = await fetch(`${world.url}/metrics`);
    expect(shown.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await shown.text()).toContain('foyer_metrics_uncollected_total');
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expect((await fetch(`${world.url}/metrics`, { headers })).status).toBe(404);
  });

  test('what a page of another site can send without asking is refused', async () => {
    const plain = await fetch(`${world.url}/graphql`, { method: 'POST', body: '{"query":"{ whoAmI }"}' });
    expect(plain.status).toBeGreaterThanOrEqual(400);
    const get = await fetch(`${world.url}/graphql?query=${encodeURIComponent('{ whoAmI }')}`);
    expect(get.status).toBe(400);
    expect(await codeOf(get)).toBe('BAD_REQUEST');
  });

  test('a bearer token proves that a GET is meant; what a browser adds by itself proves nothing', async () => {
    const query = encodeURIComponent('{ whoAmI }');
    const get = (headers: Record<string, string>, document = query): Promise<Response> =>
      fetch(`${world.url}/graphql?query=${document}`, { headers });
    const token = await world.token({ userId: 'somebody' });
    for (const scheme of ['Bearer', 'bearer']) {
      const answer = await get({ authorization: `${scheme} ${token}` });
      expect([answer.status, await answer.json()]).toEqual([200, { data: { whoAmI: 'somebody' } }]);
    }
    for (const headers of [
      { authorization: 'Basic c29tZWJvZHk6c2VjcmV0' },
      { authorization: `Basic Bearer ${token}` },
      { authorization: 'Negotiate YIIB' },
      { authorization: 'Bearer' },
      { authorization: token },
      { cookie: `authorization=Bearer ${token}` },
    ]) {
      const refused = await get(headers);
      expect([refused.status, await codeOf(refused)]).toEqual([400, 'BAD_REQUEST']);
    }
    // Proof is no identity, and changes nothing by GET.
    const expired = await get({ authorization: 'Bearer a.b.c' });
    expect([expired.status, await codeOf(expired)]).toEqual([401, 'UNAUTHENTICATED']);
    const mutation = encodeURIComponent('mutation { rename(id: 1, title: "x") }');
    expect((await get({ authorization: `Bearer ${token}` }, mutation)).status).toBe(405);
  });

  test('browsers are let in from configured origins', async () => {
    const ask = (origin: string): Promise<Response> =>
      fetch(`${world.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    for (const origin of [
      'https://shop.example',
      'https://studio.apollographql.com',
      'http://localhost:3000',
    ]) {
      const { headers } = await ask(origin);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
    }
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const answer = await post('{"query":"{ whoAmI }"}', { origin: 'https://shop.example' });
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  test('a body of more than a megabyte is refused with the limit in words', async () => {
    const answer = await post(
      JSON.stringify({ query: '{ whoAmI }', variables: { x: 'x'.repeat(1_000_001) } }),
    );
    expect(answer.status).toBe(413);
    const { errors } = (await answer.json()) as { errors: unknown };
    expect(errors).toEqual([
      {
        message: expect.stringContaining('1000000 bytes'),
        extensions: { code: 'BODY_TOO_LARGE', limit: 1_000_000 },
      },
    ]);
  });

  test('what is no request is refused', async () => {
    for (const body of ['{', '"text"', '{}', '{"query":7}']) {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(await codeOf(answer)).toBe('BAD_REQUEST');
    }
    const batch = await post('[{"query":"{ whoAmI }"},{"query":"{ whoAmI }"}]');
    expect([batch.status, await codeOf(batch)]).toEqual([400, 'BATCH_NOT_ALLOWED']);
    expect(await post('{"query":"{ whoAmI "}').then(codeOf)).toBe('GRAPHQL_PARSE_FAILED');
    expect(await post('{"query":"{ nothing }"}').then(codeOf)).toBe('GRAPHQL_VALIDATION_FAILED');
    const variables = await post('{"query":"query ($id: ID!) { book(id: $id) { title } }"}');
    expect([variables.status, await codeOf(variables)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(await post('{"query":"subscription { loans { number } }"}').then(codeOf)).toBe(
      'SUBSCRIPTION_OVER_HTTP',
    );
  });

  test('an operation that is not certain runs nowhere, by whatever method', async () => {
    const rename = 'mutation M { rename(id: 1, title: "x") }';
    const renames = (): number => library.calls.filter((call) => call === 'books.rename').length;
    const before = renames();
    const headers = { 'apollo-require-preflight': 'yes' };
    for (const [query, operationName] of [
      [`${rename} query Q { whoAmI }`, ''],
      [`${rename} query Q { whoAmI }`, 'N'],
      [rename, 'N'],
    ] as const) {
      const answer = await post(JSON.stringify({ query, operationName }));
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'OPERATION_RESOLUTION_FAILURE']);
      const search = new URLSearchParams({ query, operationName }).toString();
      const get = await fetch(`${world.url}/graphql?${search}`, { headers });
      expect([get.status, await codeOf(get)]).toEqual([400, 'OPERATION_RESOLUTION_FAILURE']);
    }
    const search = new URLSearchParams({ query: rename, operationName: '' }).toString();
    const get = await fetch(`${world.url}/graphql?${search}`, { headers });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect(renames()).toBe(before);
    // An empty name is none, as many clients mean it.
    const answer = await post(JSON.stringify({ query: rename, operationName: '' }));
    expect([answer.status, await answer.json()]).toEqual([200, { data: { rename: 'x' } }]);
    const named = new URLSearchParams({
      query: 'query Q($id: ID!) { book(id: $id) { title } } query R { whoAmI }',
      operationName: 'Q',
      variables: '{"id":"b1"}',
      extensions: '',
    });
    const book = await fetch(`${world.url}/graphql?${named.toString()}`, { headers });
    expect(await book.json()).toEqual({ data: { book: { title: 'Waves' } } });
    for (const wrong of ['query={a}&query={b}', 'query={a}&variables=[1]', 'query={a}&variables={']) {
      expect(await codeOf(await fetch(`${world.url}/graphql?${wrong}`, { headers }))).toBe('BAD_REQUEST');
    }
  });

  test('other methods are refused with what is taken', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD']) {
      const answer = await fetch(`${world.url}/graphql`, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
    }
    expect((await fetch(`${world.url}/nothing`, { method: 'PUT' })).status).toBe(404);
  });

  test('wrong values, however many and large, get a short answer', async () => {
    const query = 'query ($ids: [Int]) { count(of: $ids) }';
    const many = await createWorld({
      one: {
        sdl: 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") type Query { count(of: [Int]): Int }',
        resolvers: { Query: { count: (_: unknown, { of }: { of: unknown[] }) => of.length } },
      },
    });
    const ask = (ids: unknown) => many.send(query, { variables: { ids } });
    const list = (length: number, value: unknown): unknown[] => Array.from({ length }, () => value);
    expect((await ask(list(1000, 1))).data).toEqual({ count: 1000 });
    const wrong = await ask(list(1000, 'x'.repeat(900)));
    expect([wrong.status, wrong.errors?.length]).toEqual([400, 51]);
    expect(JSON.stringify(wrong.errors).length).toBeLessThan(50_000);
    for (const ids of [list(1001, 1), list(20_000, 'x')]) {
      const long = await ask(ids);
      expect([long.status, long.errors?.length, long.errors?.[0]?.extensions]).toEqual([
        400,
        1,
        { code: 'BAD_USER_INPUT' },
      ]);
    }
    const literal = await many.send(`{ count(of: [${'1 '.repeat(1001)}]) }`);
    expect(literal.errors?.[0]?.message).toBe('A list has at most 1000 items, not 1001.');
    const names = await many.send(`{ ${list(1500, 'n').join('a ')} ${'y'.repeat(100_000)} }`);
    expect(names.errors?.length).toBeLessThanOrEqual(51);
    expect(JSON.stringify(names.errors).length).toBeLessThan(50_000);
    await many.stop();
  });

  test('its public keys are published', async () => {
    const answer = await fetch(`${world.url}/.well-known/jwks.json`);
    expect(await answer.json()).toEqual(await world.keyrings.gateway.jwks());
  });

  test('a browser that opens it finds Apollo Sandbox, and GraphiQL where there is no internet', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml' };
    for (const path of ['/', '/graphql']) {
      const page = await fetch(`${world.url}${path}`, { headers });
      expect(page.headers.get('content-security-policy')).toContain(
        'embeddable-sandbox.cdn.apollographql.com',
      );
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(await page.text()).toContain('Apollo Sandbox');
    }
    const page = await fetch(`${world.url}/graphiql`, { headers });
    expect(page.headers.get('content-security-policy')).not.toContain('http');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const files = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files).toHaveLength(7);
    for (const path of files) expect((await fetch(world.url + path)).status).toBe(200);
    expect((await fetch(`${world.url}/consoles/constructor`)).status).toBe(404);
  });

  test('the schema is there as a file, and introspection tells all of it that graphql-js knows', async () => {
    const shown = await fetch(`${world.url}/schema.graphql`);
    expect(shown.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const sdl = await shown.text();
    expect(sdl).toContain('scalar Shelf @specifiedBy(url: "https://shelves.test")');
    const { data, errors } = await world.send(
      getIntrospectionQuery({
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    );
    expect(errors).toBeUndefined();
    const deprecated =
      '{ __schema { directives(includeDeprecated: true) { isDeprecated deprecationReason } } }';
    expect((await world.send(deprecated)).errors).toBeUndefined();
    expect(`${printSchema(buildClientSchema(data as unknown as IntrospectionQuery))}\n`).toBe(sdl);
  });

  test('outside of development nothing shows the schema', async () => {
    const closed = await createWorld(library.subgraphs, { development: false });
    expect((await fetch(`${closed.url}/schema.graphql`)).status).toBe(404);
    expect((await fetch(closed.url)).status).toBe(404);
    expect((await fetch(`${closed.url}/graphiql`)).status).toBe(404);
    const answer = await closed.send('{ __schema { types { name } } }');
    expect(answer.status).toBe(400);
    const typos: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      ['{ boook }', {}],
      ['{ book(idd: 1) { title } }', {}],
      ['query ($to: Dewey) { sorted(by: $to) }', { to: { sectionn: 1 } }],
      ['query ($to: Dewey) { sorted(by: $to) }', { to: { order: 'UPP' } }],
      ['{ sorted(by: { order: UPP }) }', {}],
    ];
    const sorting: MadeUpSubgraph = {
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
        type Query { sorted(by: Dewey): Int } type Subscription { shelves(by: Dewey): Int }
        input Dewey { section: Int order: Order } enum Order { UP DOWN }`,
      resolvers: { Query: { sorted: () => 1 }, Subscription: { shelves: { subscribe: () => [] } } },
    };
    for (const development of [true, false]) {
      const told = await createWorld({ ...library.subgraphs, sorting }, { development });
      const says = development ? expect.stringContaining('Did you mean') : expect.not.stringContaining('ean');
      for (const [query, variables] of typos) {
        const { errors } = await told.send(query, { variables });
        expect(errors?.[0]?.message).toEqual(says);
      }
      for (const [query, variables] of [
        ['subscription { loanss { number } }', {}],
        ['subscription ($to: Dewey) { shelves(by: $to) }', { to: { sectionn: 1 } }],
      ] as const) {
        const results = told.client().iterate({ query, variables });
        const failure = await results.next().then(
          ({ value }) => (value as { errors?: unknown } | undefined)?.errors,
          (error: unknown) => error,
        );
        expect((failure as { message: string }[])[0]?.message).toEqual(says);
      }
      await told.stop();
    }
    await closed.stop();
  });

  test('requests in hand are answered before it stops', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = false;
    const busy = await createWorld({
      one: {
        sdl: 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") type Query { wait: String }',
        resolvers: {
          Query: {
            wait: async () => {
              asked = true;
              await held;
              return 'done';
            },
          },
        },
      },
    });
    const answer = busy.send('{ wait }');
    await waitUntil(() => asked);
    const stopped = busy.gateway.stop();
    expect((await busy.gateway.health()).ready).toBe(false);
    release();
    expect((await answer).data).toEqual({ wait: 'done' });
    await stopped;
    await expect(fetch(busy.url)).rejects.toThrow();
    await busy.stop();
  });

  test('an answer that takes too long says so; a client that goes away stops the waiting', async () => {
    const impatient = await createWorld(library.subgraphs, { timeoutMs: 50 });
    const late = await impatient.send('{ whoAmI slow }');
    expect(late.data).toEqual({ whoAmI: 'guest', slow: null });
    expect(late.errors).toEqual([
      { message: expect.any(String), path: ['slow'], extensions: { code: 'TIME_OVER' } },
    ]);
    await impatient.stop();

    const seen: SubgraphRequest[] = [];
    const watched = await createWorld(library.subgraphs, { watch: (each) => seen.push(each) });
    const socket = request(`${watched.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    socket.on('error', () => undefined);
    socket.end('{"query":"{ slow }"}');
    await waitUntil(() => seen.length === 1);
    socket.destroy();
    await waitUntil(() => seen[0]?.signal?.aborted === true);
    expect(seen[0]?.signal?.reason).toBe('CLIENT_GONE');
    await watched.stop();
  });

  test('health names its dependencies and not what is wrong with them', async () => {
    const ill = await createWorld(library.subgraphs, {
      healthChecks: { keys: () => Promise.resolve(), bus: () => Promise.reject(new Error('password wrong')) },
    });
    expect(await (await fetch(`${ill.url}/health/live`)).json()).toEqual({ live: true });
    const report = await fetch(`${ill.url}/health/ready`);
    expect(report.status).toBe(503);
    expect(await report.json()).toEqual({
      ready: false,
      dependencies: { keys: 'ok', bus: 'down', books: 'ok', authors: 'ok', readers: 'ok' },
    });
    await ill.stop();
    await world.kill('authors');
    const partly = await fetch(`${world.url}/health/ready`);
    expect([partly.status, await partly.json()]).toEqual([
      200,
      { ready: true, dependencies: { books: 'ok', authors: 'down', readers: 'ok' } },
    ]);
    await world.revive('authors');
  });
});
