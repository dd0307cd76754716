import { createPool, createSealer, newId } from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/notifications';
import { createTestDatabase } from '@foyer/prisma/testing';
import { createDeliveryStore, type DeliveryStore } from './deliveryStore.js';
import { sealContent } from './mailContent.js';

const sealer = createSealer('a secret for tests that has 32 characters');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: ReturnType<typeof createPool>;
let opened: ReturnType<typeof open>;
let store: DeliveryStore;

const open = () =>
  openDatabase({
    url: database.url,
    max: 2,
    applicationName: 'test',
    client: (adapter) => new PrismaClient({ adapter }),
  });

beforeAll(async () => {
  database = await createTestDatabase('notifications');
  pool = createPool(database.url, { max: 1, applicationName: 'test' });
  opened = open();
  store = createDeliveryStore(opened, sealer);
});

afterAll(async () => {
  await opened.close();
  await pool.end();
  await database.drop();
});

beforeEach(() => pool.query('delete from delivery'));

const queued = async () => {
  const id = newId();
  const content = sealContent(sealer, { html: '', text: '', attachments: [], calendar: null });
  await pool.query(
    `insert into delivery (id, event_id, channel, template, address, subject, sealed_content, message_id, status,
       next_attempt_at, created_at)
     values ($1, $1, 'EMAIL', 'welcome', 'lan@example.org', 'x', $2, $3, 'QUEUED', foyer_now(), foyer_now())`,
    [id, content, `<${id}@foyer>`],
  );
  return id;
};
/** Lets time pass for what waits. */
const pass = (seconds: number) =>
  pool.query(`update delivery set next_attempt_at = next_attempt_at - $1 * interval '1 second'`, [seconds]);
const statusOf = async (id: string) =>
  (await pool.query<{ status: string }>('select status from delivery where id = $1', [id])).rows[0]?.status;

test('a claim that is renewed passes on to nobody', async () => {
  const id = await queued();
  const claimed = await store.claim(10);
  await pass(59);
  await store.renew(claimed);
  await pass(59);
  expect(await store.claim(10)).toEqual([]);
  await pass(2);
  expect(await store.claim(10)).toMatchObject([{ id, attempt: 2 }]);
});

test('who lost a claim neither renews nor ends that of another, but what was sent is sent', async () => {
  const id = await queued();
  const [lost] = await store.claim(10);
  await pass(61);
  const [present] = (await store.claim(10)).filter((each) => each.id === id);
  if (!lost || !present) throw new Error('not claimed');
  await store.settle(lost, 'too late');
  expect(await store.claim(10)).toEqual([]);
  await pass(59);
  await store.renew([lost]);
  await pass(2);
  expect(await store.claim(10)).toMatchObject([{ id, attempt: 3 }]);
  await store.settle(lost, null);
  await store.settle(present, 'refused');
  expect(await statusOf(id)).toBe('SENT');
});
