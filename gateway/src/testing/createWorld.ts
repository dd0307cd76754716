import { composeServices } from '@apollo/composition';
import {
  ACCESS_TOKEN,
  createHttpTransport,
  createIdentitySigner,
  createKeySet,
  createLog,
  createMemoryCache,
  createMemoryRateLimiter,
  createMetrics,
  createSubgraph,
  createTokenSigner,
  createTokenVerifier,
  ManualClock,
  newId,
  SubgraphUnavailable,
  type RequestContext,
  type Subgraph,
  type SubgraphName,
  type SubgraphRequest,
  type SubgraphTransport,
} from '@foyer/platform';
import { createTestPlatform, type TestPlatform } from '@foyer/platform/testing';
import { parse, type ExecutionResult } from 'graphql';
import { createClient, type Client, type ClientOptions } from 'graphql-ws';
import WebSocket from 'ws';
import type { GatewayOptions } from '../config/gatewayOptions.js';
import { createGateway, type Gateway } from '../createGateway.js';
import { createEndedSessions, type EndedSessionsRegister } from '../sessions/endedSessions.js';
import type { MadeUpSubgraph } from './library.js';

/** How the gateway of a test reaches its subgraphs. */
export type Reach = 'in-process' | 'HTTP';

/** Somebody who shows a token. */
export interface TokenWish {
  readonly userId?: string;
  readonly sessionId?: string;
  readonly scopes?: readonly string[];
  /** Seconds. Default 600. */
  readonly lifetime?: number;
}

/** What a test may set besides the gateway's options. */
export interface WorldOptions {
  readonly reach?: Reach;
  /** Shown every query and mutation on its way to a subgraph of this process. */
  readonly watch?: (request: SubgraphRequest) => void;
}

/** A gateway before made-up subgraphs, listening. */
export interface World {
  readonly gateway: Gateway;
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly clock: ManualClock;
  readonly endedSessions: EndedSessionsRegister;
  /** Key pairs of the gateway and of `users`, who issues access tokens. */
  readonly keyrings: TestPlatform['keyrings'];
  /** An access token of somebody. */
  token(wish?: TokenWish): Promise<string>;
  /** Sends an operation as a client does. */
  send(query: string, options?: SendOptions): Promise<Answer>;
  /** A graphql-ws client that does not try again by itself. */
  client(options?: Partial<ClientOptions>): Client;
  /** Stops a subgraph; `revive` starts another one at the same place. */
  kill(name: string): Promise<void>;
  revive(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** What goes with an operation. */
export interface SendOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly operationName?: string;
}

/** What came back. */
export interface Answer extends ExecutionResult {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

/** Starts a world. */
export async function createWorld(
  parts: Readonly<Record<string, MadeUpSubgraph>>,
  options: Partial<GatewayOptions> & WorldOptions = {},
): Promise<World> {
  const { reach = 'in-process', watch, ...overrides } = options;
  const clock = new ManualClock(new Date());
  const platform = createTestPlatform({ clock });
  const composed = composeServices(
    Object.entries(parts).map(([name, { sdl }]) => ({
      name,
      url: `http://${name}.test`,
      typeDefs: parse(sdl),
    })),
  );
  if (composed.errors) throw new AggregateError(composed.errors, composed.errors.map(String).join('\n'));
  const running = new Map<string, Subgraph>();
  const urls = new Map<string, string>();
  const startSubgraph = async (name: string): Promise<void> => {
    const part = parts[name];
    if (!part) throw new Error(`no ${name}`);
    const subgraph = createSubgraph<RequestContext>({
      name: name as SubgraphName,
      context: platform.contextFor(name as SubgraphName),
      typeDefs: parse(part.sdl),
      resolvers: part.resolvers as Parameters<typeof createSubgraph>[0]['resolvers'],
      requestContext: (base) => base,
      components: [],
      healthChecks: {},
    });
    await subgraph.start();
    if (reach === 'HTTP') {
      const port = Number(new URL(urls.get(name) ?? 'http://127.0.0.1:0').port);
      urls.set(name, await subgraph.listen('127.0.0.1', port));
    }
    running.set(name, subgraph);
  };
  for (const name of Object.keys(parts)) await startSubgraph(name);
  const transports = Object.fromEntries(
    Object.keys(parts).map((name): [string, SubgraphTransport] => [
      name,
      reach === 'HTTP'
        ? createHttpTransport({ subgraph: name, urls: [`${urls.get(name) ?? ''}/graphql`] })
        : following(() => running.get(name), watch),
    ]),
  );

  const endedSessions = createEndedSessions(600_000, () => clock.now().getTime());
  const gateway = createGateway({
    supergraphSdl: composed.supergraphSdl,
    transports,
    accessTokens: createTokenVerifier(
      ACCESS_TOKEN,
      createKeySet(() => platform.keyrings.users.jwks(), clock),
      clock,
    ),
    identitySigner: createIdentitySigner('gateway', platform.keyrings.gateway, clock),
    jwks: () => platform.keyrings.gateway.jwks(),
    endedSessions,
    cache: createMemoryCache(),
    rateLimiter: createMemoryRateLimiter(),
    requestLimits: { guestPerMinute: 0, personPerMinute: 0, networkPerMinute: 0 },
    metrics: createMetrics(),
    clock,
    log: createLog('gateway', 'silent'),
    development: true,
    ...overrides,
  });
  await gateway.start();
  const url = await gateway.listen('127.0.0.1', 0);
  const signer = createTokenSigner(ACCESS_TOKEN, platform.keyrings.users, clock);
  const clients: Client[] = [];

  return {
    gateway,
    url,
    clock,
    endedSessions,
    keyrings: platform.keyrings,
    token: ({ userId = newId(), sessionId = newId(), scopes = [], lifetime = 600 } = {}) =>
      signer.sign({ sub: userId, sid: sessionId, roles: ['USER'], scope: scopes.join(' ') }, lifetime),
    async send(query, { variables, token, headers, operationName } = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables, operationName }),
      });
      const result = (await response.json()) as ExecutionResult;
      return { ...result, status: response.status, headers: new Map(response.headers) };
    },
    client(clientOptions = {}) {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        ...clientOptions,
      });
      clients.push(client);
      return client;
    },
    async kill(name) {
      await running.get(name)?.stop();
      running.delete(name);
    },
    revive: startSubgraph,
    async stop() {
      await Promise.all(clients.map(async (client) => client.dispose()));
      await gateway.stop();
      await Promise.all(Object.values(transports).map((transport) => transport.close()));
      await Promise.all([...running.values()].map((subgraph) => subgraph.stop()));
    },
  };
}

/** The transport of whatever subgraph stands in this place now. */
function following(present: () => Subgraph | undefined, watch: WorldOptions['watch']): SubgraphTransport {
  const nobody = { execute: unavailable, subscribe: unavailable, close: () => Promise.resolve() };
  const transport = (): SubgraphTransport => present()?.transport ?? nobody;
  return {
    execute(request) {
      watch?.(request);
      return transport().execute(request);
    },
    subscribe: (request) => transport().subscribe(request),
    close: () => Promise.resolve(),
  };
}

function unavailable(): Promise<never> {
  return Promise.reject(new SubgraphUnavailable('it', 'it is not running'));
}
