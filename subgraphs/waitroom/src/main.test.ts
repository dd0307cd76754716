import { join } from 'node:path';
import { startWithWrong, WRONG_EVERYWHERE } from '@foyer/platform/testing';

const WRONG = {
  ...WRONG_EVERYWHERE,
  WAITROOM_PORT: '1e9',
  WAITROOM_DATABASE_URL: 'waitroom',
  WAITROOM_ADMISSION_SECONDS: '0',
  WAITROOM_ABSENCE_SECONDS: '0',
  WAITROOM_JOINS_PER_MINUTE: 'none',
};

test('a start with wrong values names every variable, and ends', async () => {
  expect(await startWithWrong(join(__dirname, 'main.js'), WRONG)).toEqual({ status: 1, unnamed: [] });
});
