import { mayBeMailed, type MailCount, type MailWish } from './mailAllowance.js';

const LIMITS = { asked: 3, unasked: 2 };
const may = (wish: Partial<MailWish>, count: Partial<MailCount>): boolean =>
  mayBeMailed(
    { name: 'reservation-confirmed', asked: false, always: false, ...wish },
    { asked: 0, unasked: 0, stopped: false, ...count },
    LIMITS,
  );

describe('mayBeMailed', () => {
  it('bounds what nobody has asked for, receipts too', () => {
    expect(may({}, { unasked: 1 })).toBe(true);
    expect(may({}, { unasked: 2 })).toBe(false);
    expect(may({ always: true }, { unasked: 2 })).toBe(false);
  });

  it('lets what an account’s owner must know always go to the proven address', () => {
    expect(may({ asked: true }, { unasked: 9, asked: 2 })).toBe(true);
    expect(may({ asked: true }, { asked: 3 })).toBe(false);
    expect(may({ asked: true, always: true }, { asked: 99, stopped: true })).toBe(true);
  });

  it('keeps still when the owner has said so, but for one proof a day', () => {
    expect(may({}, { stopped: true })).toBe(false);
    expect(may({ name: 'organization-invitation', always: true }, { stopped: true })).toBe(false);
    expect(may({ name: 'email-verification', always: true }, { stopped: true })).toBe(true);
    expect(may({ name: 'email-verification', always: true }, { stopped: true, unasked: 1 })).toBe(false);
    expect(may({ asked: true }, { stopped: true })).toBe(true);
  });
});
