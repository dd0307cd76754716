import { join } from 'node:path';
import { startWithWrong, WRONG_EVERYWHERE } from '@foyer/platform/testing';

const WRONG = {
  ...WRONG_EVERYWHERE,
  CATALOG_PORT: 'http',
  CATALOG_DATABASE_URL: 'postgres://127.0.0.1',
  CATALOG_APPROVAL: 'SOME',
  CATALOG_POOL_SIZE: '201',
};

test('a start with wrong values names every variable, and ends', async () => {
  expect(await startWithWrong(join(__dirname, 'main.js'), WRONG)).toEqual({ status: 1, unnamed: [] });
});
