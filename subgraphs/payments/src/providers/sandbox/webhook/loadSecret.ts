import type { Queryable } from '@foyer/kafka';
import type { Sealer } from '@foyer/platform';
import { randomBytes } from 'node:crypto';

const PURPOSE = 'sandbox-webhook';

/** The secret that webhooks are signed with, the same in every process: made at the first start, kept sealed. */
export async function loadSecret(sql: Queryable, sealer: Sealer): Promise<string> {
  const sealed = sealer.seal(PURPOSE, randomBytes(32).toString('hex'));
  await sql.query(
    `insert into sandbox_account (id, sealed_secret) values (1, $1) on conflict (id) do nothing`,
    [sealed],
  );
  const [account] = await sql.query<{ sealed_secret: string }>(
    `select sealed_secret from sandbox_account where id = 1`,
  );
  return sealer.open(PURPOSE, account?.sealed_secret ?? sealed);
}
