import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSealer, Refused, type Environment } from '@foyer/platform';
import { databaseUrlVariable } from '@foyer/prisma';
import { openSeeding, type Seeding } from '@foyer/users/seeding';
import { buyTickets } from './buyTickets.js';
import { clusterIdentity } from './clusterIdentity.js';
import { DEMO_ACCOUNTS, type DemoAccount } from './demoAccounts.js';
import { logIn } from './demoClient.js';
import { demoEvents } from './demoEvents.js';
import { DEMO_ORGANIZATIONS, KITCHENS } from './demoOrganizations.js';
import { makeEvent } from './makeEvent.js';
import { fillRestaurants } from './restaurants/fillRestaurants.js';

/** Where the demo data goes. */
export interface DemoOptions {
  readonly environment: Environment;
  /** The endpoint of the running system: listings, purchases and bookings are made through it. */
  readonly endpoint: string;
  /** Keeps the note that it was filled. */
  readonly dataDirectory: string;
  /** Told what takes long. */
  readonly say: (text: string) => void;
}

/**
 * Fills the demo data, once for each database cluster: what somebody changed or cancelled stays so. A run that was
 * interrupted goes on where it stood.
 * @returns whether there is demo data: not with `FOYER_DEMO=false`.
 */
export async function fillDemoData({
  environment,
  endpoint,
  dataDirectory,
  say,
}: DemoOptions): Promise<boolean> {
  if (!environment.flag('FOYER_DEMO', true)) return false;
  const usersUrl = environment.text(databaseUrlVariable('users'));
  const note = join(dataDirectory, 'demo-data');
  const cluster = await clusterIdentity(usersUrl);
  if ((await readFile(note, 'utf8').catch(() => '')).trim() === cluster) return true;

  say('Filling the demo data (once) …');
  const sealer = createSealer(environment.text('FOYER_SECRET'));
  const seeding = openSeeding({ databaseUrl: usersUrl, environment, sealer });
  try {
    await makeAccounts(seeding);
  } finally {
    await seeding.close();
  }
  const as = ({ email, password }: DemoAccount) => logIn(endpoint, email, password);
  const organizer = await as(DEMO_ACCOUNTS.organizer);
  const customer = await as(DEMO_ACCOUNTS.customer);
  const owned = await organizer.ask<{
    memberships: { edges: { node: { organization: { id: string; name: string } } }[] };
  }>(`{ answer: me { memberships(first: 100) { edges { node { organization { id name } } } } } }`);
  const organizationIds = new Map(
    owned.memberships.edges.map(({ node: { organization } }) => [organization.name, organization.id]),
  );
  for (const event of demoEvents(new Date())) {
    const { ticketClasses } = await makeEvent(
      organizer,
      organizationIds.get(event.organization) ?? '',
      event,
    );
    const [first] = ticketClasses;
    if (event.bought > 0 && first) {
      await buyTickets(customer, {
        offerId: first.id,
        quantity: event.bought,
        idempotencyKey: `demo ${first.id}`,
      });
    }
  }
  const people = { organizer, customer, second: await as(DEMO_ACCOUNTS.second) };
  await fillRestaurants(people, organizationIds.get(KITCHENS) ?? '');
  await writeFile(note, `${cluster}\n`);
  return true;
}

async function makeAccounts(seeding: Seeding): Promise<void> {
  const made = new Map<string, string>();
  for (const account of Object.values<DemoAccount>(DEMO_ACCOUNTS)) {
    const { email, name, password, role } = account;
    const id = await unlessMade(() => seeding.createAccount({ email, name, password, role, verified: true }));
    if (id !== null) made.set(email, id);
  }
  const ownerId = made.get(DEMO_ACCOUNTS.organizer.email);
  const doorId = made.get(DEMO_ACCOUNTS.door.email);
  // Made with the accounts: where those stood already, so do these.
  if (ownerId === undefined || doorId === undefined) return;
  for (const name of DEMO_ORGANIZATIONS) {
    const organizationId = await seeding.createOrganization({ name, ownerId, verified: true });
    await seeding.addMember({ organizationId, userId: doorId, role: 'DOOR', listingIds: null });
  }
}

async function unlessMade(make: () => Promise<string>): Promise<string | null> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'NOT_IN_STATE') return null;
    throw error;
  }
}
