import { join } from 'node:path';
import { startWithWrong, WRONG_EVERYWHERE } from '@foyer/platform/testing';

const WRONG = {
  ...WRONG_EVERYWHERE,
  INVENTORY_PORT: '-1',
  INVENTORY_DATABASE_URL: 'http://127.0.0.1/inventory',
  INVENTORY_HOLD_SECONDS: '0',
  INVENTORY_LOW_PERCENT: '101',
  INVENTORY_LANES: '65',
  INVENTORY_MAX_GROUP: '0',
  INVENTORY_SWEEP_MS: '1',
  INVENTORY_PUSH_MS: 'often',
};

test('a start with wrong values names every variable, and ends', async () => {
  expect(await startWithWrong(join(__dirname, 'main.js'), WRONG)).toEqual({ status: 1, unnamed: [] });
});
