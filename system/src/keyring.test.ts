import {
  createKeyring,
  createPool,
  createSealer,
  ManualClock,
  newId,
  type Keyring,
  type KeyPurpose,
} from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';

const HOUR = 3_600_000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: ReturnType<typeof createPool>;
let clock: ManualClock;
const sealer = createSealer('a secret for tests that has 32 characters');

beforeEach(async () => {
  database = await createTestDatabase('users');
  pool = createPool(database.url, { max: 8, applicationName: 'test' });
  clock = new ManualClock();
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const open = (purpose: KeyPurpose = 'access'): Keyring =>
  createKeyring({ purpose, pool, sealer, clock, keepMs: HOUR, activateAfterMs: 600_000 });

const published = async (keyring: Keyring) => (await keyring.jwks()).keys.map(({ kid }) => kid);

describe('a keyring', () => {
  it('is one between replicas that start at once', async () => {
    const kids = await Promise.all(Array.from({ length: 8 }, async () => (await open().signingKey()).kid));
    expect(new Set(kids).size).toBe(1);
  });

  it('keeps private keys sealed, and gives out public halves only', async () => {
    const keyring = open();
    await keyring.signingKey();
    const { rows } = await pool.query<{ sealed_private_key: string }>(
      'select sealed_private_key from security.signing_key',
    );
    expect(rows[0]?.sealed_private_key).not.toContain('PRIVATE KEY');
    expect((await keyring.jwks()).keys[0]).not.toHaveProperty('d');
    const stranger = createKeyring({
      purpose: 'access',
      pool,
      sealer: createSealer('x'.repeat(32)),
      clock,
      keepMs: HOUR,
    });
    await expect(stranger.signingKey()).rejects.toThrow();
  });

  it('publishes the next key before it signs with it, and the last one until its tokens are dead', async () => {
    const keyring = open();
    const first = (await keyring.signingKey()).kid;
    const second = await keyring.rotate();
    expect((await keyring.signingKey()).kid).toBe(first);
    expect((await published(keyring)).sort()).toEqual([first, second].sort());
    clock.advance(601_000);
    expect((await keyring.signingKey()).kid).toBe(second);
    expect(await published(keyring)).toContain(first);
    clock.advance(HOUR);
    expect(await published(keyring)).toEqual([second]);
  });

  it('signs again with a key that signed before, and with the first that there was', async () => {
    const keyring = open('ticket-code');
    const first = (await keyring.signingKey()).kid;
    const other = open('ticket-code');
    await other.signingKey();
    const second = await keyring.rotate();
    clock.advance(601_000 + 100 * HOUR);
    expect((await keyring.signingKey()).kid).toBe(second);
    for (const kid of [first, null]) expect((await keyring.signingKeyOf(kid)).kid).toBe(first);
    expect((await other.signingKeyOf(second)).kid).toBe(second);
    await expect(keyring.signingKeyOf(newId())).rejects.toThrow('no ticket-code key');
    expect((await keyring.jwks()).keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' });
  });

  it('hears of a rotation by another process within a minute, and of its own purpose only', async () => {
    const keyring = open();
    await keyring.signingKey();
    const next = await open().rotate();
    await open('identity').rotate();
    clock.advance(61_000);
    expect(await published(keyring)).toContain(next);
    expect(await published(keyring)).toHaveLength(2);
  });
});
