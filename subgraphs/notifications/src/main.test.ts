import { join } from 'node:path';
import { startWithWrong, WRONG_EVERYWHERE } from '@foyer/platform/testing';

const WRONG = {
  ...WRONG_EVERYWHERE,
  NOTIFICATIONS_PORT: 'x',
  NOTIFICATIONS_DATABASE_URL: '127.0.0.1:5432/notifications',
  NOTIFICATIONS_POOL_SIZE: '0',
  SMTP_URL: 'http://mail.example.com',
  NOTIFICATIONS_REVIEW_URL: 'https://www.example.org/review',
};

test('a start with wrong values names every variable, and ends', async () => {
  expect(await startWithWrong(join(__dirname, 'main.js'), WRONG)).toEqual({ status: 1, unnamed: [] });
});
