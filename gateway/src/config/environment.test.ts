import { composeServices } from '@apollo/composition';
import { ConfigurationError, Environment } from '@foyer/platform';
import { parse } from 'graphql';
import { subgraphUrls } from '../process/subgraphUrls.js';
import { optionsFromEnvironment } from './optionsFromEnvironment.js';

test('what an operator sets is read, with defaults', () => {
  const options = optionsFromEnvironment(
    new Environment({
      NODE_ENV: 'production',
      FOYER_ORIGINS: 'https://a.example, https://b.example,',
      GATEWAY_MAX_DEPTH: '5',
      GATEWAY_TOKEN_GRACE_SECONDS: '30',
      GATEWAY_TRUSTED_PROXIES: '1',
    }),
  );
  expect(options).toMatchObject({
    development: false,
    origins: ['https://a.example', 'https://b.example'],
    trustedProxies: 1,
    timeoutMs: 10_000,
    limits: { depth: 5, aliases: expect.any(Number) },
    subscriptions: { graceMs: 30_000 },
  });
  expect(optionsFromEnvironment(new Environment({}))).toMatchObject({ development: true, origins: [] });
  expect(() => optionsFromEnvironment(new Environment({ GATEWAY_MAX_DEPTH: '0' }))).toThrow(
    ConfigurationError,
  );
});

test('subgraphs are where the environment says, else where the supergraph does', () => {
  const sdl = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") type Query { x: Int }';
  const { supergraphSdl } = composeServices([
    { name: 'one', url: 'http://one.test/graphql', typeDefs: parse(sdl) },
    { name: 'the-other', url: 'http://other.test/graphql', typeDefs: parse(sdl.replace('x:', 'y:')) },
  ]);
  expect(
    subgraphUrls(
      supergraphSdl ?? '',
      new Environment({ THE_OTHER_URL: 'http://10.0.0.2:4009/, http://10.0.0.3:4009' }),
    ),
  ).toEqual({
    one: ['http://one.test/graphql'],
    'the-other': ['http://10.0.0.2:4009/graphql', 'http://10.0.0.3:4009/graphql'],
  });
});
