import { join } from 'node:path';
import { startWithWrong, WRONG_EVERYWHERE } from '@foyer/platform/testing';

const WRONG = {
  ...WRONG_EVERYWHERE,
  ORDERS_PORT: '4004.5',
  ORDERS_DATABASE_URL: 'orders.example:5432',
  ORDERS_TAX_BASIS_POINTS: '10001',
  ORDERS_TAX_INCLUDED: 'yes',
  ORDERS_SAGA_LEASE_MS: '99',
  ORDERS_SAGA_CONCURRENCY: '0',
  ORDERS_POOL_SIZE: '1',
};

test('a start with wrong values names every variable, and ends', async () => {
  expect(await startWithWrong(join(__dirname, 'main.js'), WRONG)).toEqual({ status: 1, unnamed: [] });
});
