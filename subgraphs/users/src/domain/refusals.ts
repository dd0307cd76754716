import { Refused } from '@foyer/platform/domain';

/** Email and password do not belong together. */
export function wrongCredentials(
  message = 'Email and password do not belong together. Check both, or reset the password.',
): Refused {
  return new Refused({ __typename: 'WrongCredentials', code: 'WRONG_CREDENTIALS', message });
}

/** Too many wrong passwords. @param retryAfter whole seconds. */
export function loginLocked(retryAfter: number): Refused {
  const [count, unit] = retryAfter < 60 ? [retryAfter, 'second'] : [Math.ceil(retryAfter / 60), 'minute'];
  return new Refused({
    __typename: 'LoginLocked',
    code: 'LOGIN_LOCKED',
    message: `Too many wrong passwords. Try again in ${count} ${unit}${count === 1 ? '' : 's'}, or reset the password.`,
    retryAfter,
  });
}

/** The session can't go on. */
export function sessionOver(): Refused {
  return new Refused({
    __typename: 'SessionOver',
    code: 'SESSION_OVER',
    message: 'This session is over. Log in again.',
  });
}

/** A token from a mail can't be used. */
export function mailTokenRefused(): Refused {
  return new Refused({
    __typename: 'MailTokenRefused',
    code: 'MAIL_TOKEN_REFUSED',
    message: 'This link is not valid any more. Ask for a new one.',
  });
}

/** The organization needs an owner. */
export function lastOwner(): Refused {
  return new Refused({
    __typename: 'LastOneStays',
    code: 'LAST_OWNER',
    message: 'An organization needs an owner of everything in it. Hand it over first.',
  });
}

/** The installation needs an administrator. */
export function lastAdministrator(): Refused {
  return new Refused({
    __typename: 'LastOneStays',
    code: 'LAST_ADMINISTRATOR',
    message: 'There must be an administrator. Make another one first.',
  });
}
