import { createPool, newId, pgTransaction } from '@foyer/platform';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';

/** The rule behind the program's: the database itself keeps an owner. */
describe('the guard of the last owner', () => {
  let test: TestDatabase;
  let pool: ReturnType<typeof createPool>;
  const organizationId = newId();
  const owners = [newId(), newId()] as const;

  beforeEach(async () => {
    test = await createTestDatabase('users');
    pool = createPool(test.url, { max: 4, applicationName: 'test' });
    await pool.query(`insert into organization (id, name, created_at) values ($1, 'Saigon Sounds', now())`, [
      organizationId,
    ]);
    for (const id of owners) {
      await pool.query(
        `insert into account (id, email, name, language, password_hash, password_changed_at, created_at)
         values ($1::uuid, $1::text || '@example.com', 'Owner', 'en', '$argon2id$', now(), now())`,
        [id],
      );
      await pool.query(
        `insert into membership (organization_id, account_id, role, limited, joined_at)
         values ($1, $2, 'OWNER', false, now())`,
        [organizationId, id],
      );
    }
  });

  afterEach(async () => {
    await pool.end();
    await test.drop();
  });

  /** A program without the lock: both look, both find the other, both leave. @returns how many owners are left. */
  async function leaveWithoutLock(): Promise<number> {
    let looked = 0;
    let bothLooked = (): void => undefined;
    const barrier = new Promise<void>((resolve) => (bothLooked = resolve));
    await Promise.allSettled(
      owners.map((id) =>
        pgTransaction(pool, async (sql) => {
          const others = await sql.query(
            'select from membership where organization_id = $1 and account_id <> $2',
            [organizationId, id],
          );
          looked += 1;
          if (looked === owners.length) bothLooked();
          await barrier;
          if (others.length > 0) await sql.query('delete from membership where account_id = $1', [id]);
        }),
      ),
    );
    return (await pool.query('select from membership')).rowCount ?? 0;
  }

  it('refuses the second of two who leave at once', async () => {
    expect(await leaveWithoutLock()).toBe(1);
  });

  it('has a reason: without it nobody is left', async () => {
    await pool.query('alter table membership disable trigger membership_last_owner');
    expect(await leaveWithoutLock()).toBe(0);
  });

  it('lets owners change places in one transaction, and an organization be removed whole', async () => {
    await pgTransaction(pool, async (sql) => {
      await sql.query(`update membership set role = 'ADMIN'`);
      await sql.query(`update membership set role = 'OWNER' where account_id = $1`, [owners[1]]);
    });
    await expect(
      pool.query(`update membership set limited = true, listing_ids = array[$1::uuid]`, [newId()]),
    ).rejects.toMatchObject({
      constraint: 'membership_last_owner',
    });
    await pool.query('delete from organization');
    expect((await pool.query('select from membership')).rowCount).toBe(0);
  });
});
