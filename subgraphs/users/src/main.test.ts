import { join } from 'node:path';
import { startWithWrong, WRONG_EVERYWHERE } from '@foyer/platform/testing';

const WRONG = {
  ...WRONG_EVERYWHERE,
  USERS_PORT: '70000',
  USERS_DATABASE_URL: 'users',
  USERS_POOL_SIZE: '1',
  USERS_ACCESS_TOKEN_SECONDS: '0',
  USERS_REFRESH_TOKEN_SECONDS: 'a month',
  USERS_ARGON2_PASSES: '21',
  USERS_RESET_ANSWER_MS: '5001',
  USERS_LOGIN_PER_MINUTE: '-1',
  FOYER_ADMIN_EMAIL: 'alone@example.com',
};

test('a start with wrong values names every variable, and ends', async () => {
  expect(await startWithWrong(join(__dirname, 'main.js'), WRONG)).toEqual({ status: 1, unnamed: [] });
});
