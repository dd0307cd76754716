import { waitUntil } from '@foyer/platform/testing';
import {
  createLog,
  createSealer,
  Environment,
  ManualClock,
  startAll,
  systemClock,
  type SubgraphContext,
} from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/payments';
import { createTestDatabase } from '@foyer/prisma/testing';
import fastify from 'fastify';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfiguration } from '../../configuration.js';
import { choose } from '../../testing/steps.js';
import { type WebhookRejected, type IncomingWebhook } from '../paymentProvider.js';
import { providerContract, type ProviderUnderTest } from '../testing/providerContract.js';
import { createSandbox } from './createSandbox.js';
import { signBody, verifySignature } from './webhook/signature.js';

/** SANDBOX alone, with a server of the test's own that takes its webhooks. */
async function setUpSandbox(): Promise<ProviderUnderTest> {
  const test_ = await createTestDatabase('payments');
  const database = openDatabase({
    url: test_.url,
    max: 4,
    applicationName: 'test',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  const taken: IncomingWebhook[] = [];
  const merchant = createServer((request, response) => {
    void readBody(request).then((rawBody) => {
      taken.push({ headers: request.headers, rawBody });
      response.end('{"received":true}');
    });
  });
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve));
  const app = fastify({ forceCloseConnections: true });
  let url = '';
  const environment = new Environment({
    PAYMENTS_SANDBOX_REFUND_MS: '60000',
    PAYMENTS_SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/`,
  });
  const context = {
    clock: systemClock,
    sealer: createSealer('a secret of at least 32 characters'),
    development: true,
    log: createLog('test', 'silent'),
    publicUrl: () => url,
  } as unknown as SubgraphContext;
  const sandbox = createSandbox(context, database, readConfiguration(environment, true).sandbox);
  await sandbox.routes(app);
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  const stopAll = await startAll(sandbox.components);
  return {
    provider: sandbox.provider,
    currency: 'VND',
    async pay(payUrl) {
      await choose(payUrl, 'pay');
    },
    async decline(payUrl) {
      await choose(payUrl, 'decline');
    },
    nextWebhook: () => waitUntil(() => taken.shift() ?? null, 'a webhook'),
    async stop() {
      await stopAll();
      await app.close();
      merchant.closeAllConnections();
      await new Promise((resolve) => merchant.close(resolve));
      await database.close();
      await test_.drop();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

providerContract('SANDBOX', setUpSandbox);

describe('signatures of webhooks', () => {
  const clock = new ManualClock();
  const body = Buffer.from('{"id":"1"}');
  const check = (header: unknown, secret = 's'): string => {
    try {
      verifySignature(secret, body, header, clock.now());
      return 'accepted';
    } catch (error) {
      return (error as WebhookRejected).fault;
    }
  };

  test('are good for five minutes, for this body, under this secret', () => {
    const header = signBody('s', body, clock.now());
    expect(check(header)).toBe('accepted');
    expect(check(header, 'another')).toBe('SIGNATURE');
    expect(check(header.replace(/t=\d+/, 't=1'))).toBe('SIGNATURE');
    clock.advance(300_000);
    expect(check(header)).toBe('accepted');
    clock.advance(1000);
    expect(check(header)).toBe('STALE');
  });

  test.each([
    undefined,
    '',
    'v1=',
    't=1',
    ['t=1,v1=00'],
    `t=1,v1=${'0'.repeat(63)}`,
    `t=1,v1=${'Z'.repeat(64)}`,
  ])('of another form are none: %p', (header) => {
    expect(check(header)).toBe('SIGNATURE');
  });
});
