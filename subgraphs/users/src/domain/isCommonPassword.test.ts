import { isCommonPassword } from './isCommonPassword.js';

describe('isCommonPassword', () => {
  it.each([
    'password',
    'PASSWORD',
    'P@ssw0rd',
    'Password1!',
    'Password123!',
    'Qwerty123!',
    'Welcome1!',
    'iloveyou',
    'Dr4gon99!',
  ])('knows %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each(['Quiet-Harbour-71', 'password-of-a-lighthouse-9A', 'kV7#mQ2!xW', 'Aa1!Aa1?', '9!-?+'])(
    'lets %s pass',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});
