/** An account of the demo data. Its password stands in the README: demo data is for trying, never for production. */
export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly role: 'USER' | 'MANAGER' | 'ADMIN';
  /** What it is for, in a few words. */
  readonly purpose: string;
}

/** One password for all of them, easy to type. */
const password = 'Lantern-Light-7';

/** Every demo account. */
export const DEMO_ACCOUNTS = {
  customer: {
    email: 'customer@foyer.example',
    name: 'Lan Nguyen',
    password,
    role: 'USER',
    purpose: 'buys tickets and reserves tables',
  },
  second: {
    email: 'friend@foyer.example',
    name: 'Minh Tran',
    password,
    role: 'USER',
    purpose: 'does so too: stands in line behind the first',
  },
  organizer: {
    email: 'organizer@foyer.example',
    name: 'Olivia Brandt',
    password,
    role: 'USER',
    purpose: 'owns the demo organizations, their events and restaurants',
  },
  door: {
    email: 'door@foyer.example',
    name: 'David Okafor',
    password,
    role: 'USER',
    purpose: 'checks tickets in and receives guests',
  },
  operator: {
    email: 'operator@foyer.example',
    name: 'Ada Park',
    password,
    role: 'ADMIN',
    purpose: 'approves events, sees parked work, manages accounts',
  },
} as const satisfies Record<string, DemoAccount>;
