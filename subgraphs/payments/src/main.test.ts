import { join } from 'node:path';
import { startWithWrong, WRONG_EVERYWHERE } from '@foyer/platform/testing';

const WRONG = {
  ...WRONG_EVERYWHERE,
  PAYMENTS_PORT: '65536',
  PAYMENTS_DATABASE_URL: 'postgres://',
  PAYMENTS_SANDBOX: 'on',
  PAYMENTS_SANDBOX_WEBHOOK_URL: '/webhooks',
  PAYMENTS_ATTENTION_MS: '9',
  PAYMENTS_PROVIDER_TIMEOUT_MS: '99',
};

test('a start with wrong values names every variable, and ends', async () => {
  expect(await startWithWrong(join(__dirname, 'main.js'), WRONG)).toEqual({ status: 1, unnamed: [] });
});
