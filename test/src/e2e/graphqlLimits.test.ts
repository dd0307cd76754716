import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../harness/checkInvariants.js';
import { createTestClient } from '../harness/client.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number): string =>
  depth === 0 ? 'id' : `id ticketClasses { event { ${nested(depth - 1)} } }`;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterEach(async () => {
  expect(await checkInvariants(system.variables)).toEqual([]);
});

afterAll(async () => {
  await system.stop();
});

async function send(query: string): Promise<{ status: number; codes: readonly string[]; data: unknown }> {
  const response = await fetch(system.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data = null, errors = [] } = (await response.json()) as {
    data?: unknown;
    errors?: { extensions?: { code?: string } }[];
  };
  return { status: response.status, codes: errors.map(({ extensions }) => extensions?.code ?? ''), data };
}

describe('an operation that asks for too much', () => {
  it.each([
    ['QUERY_TOO_DEEP', `{ event(id: "x") { ${nested(9)} } }`],
    [
      'TOO_MANY_ALIASES',
      `{ events(first: 1) { edges { node { ${times(51, (index) => `n${index}: name`)} } } } }`,
    ],
    ['TOO_MANY_TOKENS', `{ ${times(4001, () => '__typename')} }`],
    ['TOO_MANY_ROOT_FIELDS', `{ ${times(21, () => 'me { id }')} }`],
    [
      'TOO_MANY_FIELDS',
      `{ events(first: 1) { edges { node { ...A ...A ...A ...A } } } }
       fragment A on Event { ...B ...B ...B ...B ...B ...B ...B ...B ...B ...B }
       fragment B on Event { ...C ...C ...C ...C ...C ...C ...C ...C ...C ...C }
       fragment C on Event { id name description startsAt endsAt status }`,
    ],
  ])('is refused as a whole: %s', async (code, query) => {
    expect(await send(query)).toEqual({ status: 400, codes: [code], data: null });
  });

  it('tries no password beside the first', async () => {
    const attempt = (index: number) =>
      `a${index}: login(input: { email: "o@example.org", password: "P-${index}", deviceName: "x" }) { __typename }`;
    const { data, codes } = await send(`mutation { ${times(60, attempt)} }`);
    expect(data).toBeNull();
    expect(codes).toEqual(expect.arrayContaining(['TOO_MANY_ALIASES']));
  });

  it('is refused before anything is begun when it is a subscription', async () => {
    const guest = createTestClient(system.endpoint, null);
    const watch = guest.watch(
      `subscription ($id: ID!) { answer: availability(eventId: $id) { event { ${nested(9)} } } }`,
      { id: randomUUID() },
    );
    await waitUntil(() => watch.ended, 'the refusal');
    expect(JSON.stringify(watch.errors)).toMatch(/QUERY_TOO_DEEP/);
    await guest.close();
  });

  it('a body of more than a megabyte is not read', async () => {
    const response = await fetch(system.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ me { id } }', variables: { text: 'x'.repeat(1_100_000) } }),
    });
    expect(response.status).toBe(413);
  });

  it('what is within the limits is answered', async () => {
    expect(
      await send(`{ events(first: 1) { edges { node { ${times(50, (index) => `n${index}: name`)} } } } }`),
    ).toMatchObject({ status: 200, codes: [] });
  });
});
