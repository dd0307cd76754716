import { ConfigurationError, Environment } from '../config/environment.js';
import { readRedisSettings } from './redisSettings.js';

const read = (variables: Record<string, string>) => readRedisSettings(new Environment(variables));

test('without REDIS_URL there is no Redis', () => {
  expect(read({ REDIS_MODE: 'cluster' })).toBeNull();
});

test('one server, by its address', () => {
  expect(read({ REDIS_URL: 'redis://cache.test' })).toEqual({
    mode: 'single',
    addresses: [{ host: 'cache.test', port: 6379 }],
    sentinelName: '',
    username: undefined,
    password: undefined,
    database: 0,
    tls: null,
    prefix: 'foyer:',
  });
});

test('user, password and database come from the address, decoded', () => {
  const REDIS_URL = 'rediss://foyer:p%40ss%2Cword@[::1]:6390/3';
  expect(read({ REDIS_URL, REDIS_PREFIX: 'test:' })).toMatchObject({
    addresses: [{ host: '::1', port: 6390 }],
    username: 'foyer',
    password: 'p@ss,word',
    database: 3,
    tls: { ca: undefined },
    prefix: 'test:',
  });
});

test('nodes of a Cluster and Sentinels, each with its port by default', () => {
  const REDIS_URL = 'redis://a.test, redis://b.test:7000';
  expect(read({ REDIS_URL, REDIS_MODE: 'cluster' })?.addresses).toEqual([
    { host: 'a.test', port: 6379 },
    { host: 'b.test', port: 7000 },
  ]);
  const sentinels = read({ REDIS_URL, REDIS_MODE: 'sentinel', REDIS_SENTINEL_NAME: 'main' });
  expect(sentinels).toMatchObject({ sentinelName: 'main', addresses: [{ port: 26_379 }, { port: 7000 }] });
});

test.each([
  ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
  ['REDIS_URL', { REDIS_URL: 'http://localhost' }],
  ['REDIS_URL', { REDIS_URL: 'redis://' }],
  ['REDIS_URL', { REDIS_URL: 'redis://a.test/name' }],
  ['REDIS_URL', { REDIS_URL: 'redis://a.test,redis://b.test' }],
  ['REDIS_URL', { REDIS_URL: 'redis://a.test,rediss://b.test', REDIS_MODE: 'cluster' }],
  ['REDIS_URL', { REDIS_URL: 'redis://a.test/1', REDIS_MODE: 'cluster' }],
  ['REDIS_MODE', { REDIS_URL: 'redis://a.test', REDIS_MODE: 'ring' }],
  ['REDIS_SENTINEL_NAME', { REDIS_URL: 'redis://a.test', REDIS_MODE: 'sentinel' }],
  ['REDIS_TLS_CA', { REDIS_URL: 'redis://a.test', REDIS_TLS_CA: '/some/file' }],
  ['REDIS_TLS_CA', { REDIS_URL: 'rediss://a.test', REDIS_TLS_CA: '/no/such/file' }],
])('a message names %s when it can not be used: %p', (variable, variables) => {
  expect(() => read(variables)).toThrow(ConfigurationError);
  expect(() => read(variables)).toThrow(variable);
});

test('no message shows a password', () => {
  const REDIS_URL = 'redis://user:secret@a.test/name,redis://user:secret@b.test';
  expect(() => read({ REDIS_URL })).toThrow(/^(?!.*secret)/s);
});
