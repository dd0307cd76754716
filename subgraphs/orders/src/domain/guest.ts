import { type InputCheck, isEmailAddress, normalEmailAddress, normalText } from '@foyer/platform/domain';

/** Who comes, and how to reach them. */
export interface Guest {
  readonly name: string;
  /** In its normal form; null where staff noted none. */
  readonly email: string | null;
  /** E.164; null where none was given. */
  readonly phone: string | null;
}

/** A guest as somebody writes one down. */
export interface GuestInput {
  readonly name: string;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

const PHONE = /^\+[1-9][0-9]{6,14}$/;

/** A guest in normal form; notes every wrong field. */
export function checkGuest(check: InputCheck, input: GuestInput): Guest {
  const name = normalText(input.name);
  const email = input.email?.trim() ? normalEmailAddress(input.email) : null;
  const phone = input.phone?.replaceAll(/[\s()/.-]/g, '') || null;
  check.line(name, 'input.guest.name', 100);
  check.require(
    email === null || isEmailAddress(email),
    'input.guest.email',
    'NOT_AN_EMAIL',
    'This is no email address.',
  );
  check.require(
    phone === null || PHONE.test(phone),
    'input.guest.phone',
    'NOT_A_PHONE_NUMBER',
    'Write the number with its country code: +49 30 1234567.',
  );
  return { name, email, phone };
}
