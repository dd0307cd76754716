import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ConfigurationError } from '../config/environment.js';
import { findOnPath } from '../process/findOnPath.js';
import { findFreePort } from '../postgres/freePort.js';
import { requireEngine } from '../testing/engines.js';
import { createTestRedis } from '../testing/testRedis.js';
import { redisAvailable } from './redisAvailable.js';

const redis = createTestRedis();
afterEach(() => redis.closeAll());
afterAll(() => redis.end());

/** Opens in vain. */
async function refusal(variables: Readonly<Record<string, string>>): Promise<Error> {
  const error: unknown = await redis.open(variables).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ConfigurationError);
  return error as Error;
}

requireEngine('Redis', redisAvailable())('a Redis that asks for a password', () => {
  test('lets in who has it, and turns others away at the start, with what to look at', async () => {
    const { port } = await redis.start({ args: ['--requirepass', 'pa ss'] });
    const at = (credentials: string): string => `redis://${credentials}127.0.0.1:${port}`;
    await (await redis.open({ REDIS_URL: at(':pa%20ss@') })).check();
    await (await redis.open({ REDIS_URL: at('default:pa%20ss@') })).check();
    for (const wrong of ['', ':wrong@', 'stranger:pa%20ss@']) {
      const { message } = await refusal({ REDIS_URL: at(wrong) });
      expect(message).toMatch(/REDIS_URL/);
      expect(message).toMatch(new RegExp(`127.0.0.1:${port}`));
      expect(message).not.toMatch(/pa ss/);
    }
  });

  test('a mode that does not fit, and a database that is not there, are said', async () => {
    const { url } = await redis.start();
    expect((await refusal({ REDIS_URL: url, REDIS_MODE: 'cluster' })).message).toMatch(/REDIS_MODE/);
    expect((await refusal({ REDIS_URL: `${url}/99` })).message).toMatch(/database/);
    const sentinel = { REDIS_URL: url, REDIS_MODE: 'sentinel', REDIS_SENTINEL_NAME: 'main' };
    expect((await refusal(sentinel)).message).toMatch(/REDIS_MODE/);
    const node = await redis.start({ args: ['--cluster-enabled', 'yes'] });
    expect((await refusal({ REDIS_URL: node.url })).message).toMatch(/REDIS_MODE/);
  });
});

requireEngine('Redis', redisAvailable() && findOnPath('openssl') !== null)('a Redis with TLS', () => {
  test('is spoken with in secret, and only when its certificate is trusted', async () => {
    const folder = redis.folder();
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...['-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1'],
        ...['-keyout', key, '-out', certificate],
      ],
      { stdio: 'ignore' },
    );
    const port = await findFreePort();
    await redis.start({
      args: [
        ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
        ...['--tls-cert-file', certificate, '--tls-key-file', key],
      ],
    });
    const REDIS_URL = `rediss://127.0.0.1:${port}`;
    await (await redis.open({ REDIS_URL, REDIS_TLS_CA: certificate })).check();
    expect((await refusal({ REDIS_URL })).message).toMatch(/REDIS_TLS_CA/);
  });
});
