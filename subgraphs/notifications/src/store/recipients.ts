import { createHash } from 'node:crypto';
import type { Queryable } from '@foyer/kafka';
import { mayBeMailed, type MailLimits, type MailWish } from '../domain/mailAllowance.js';

/** Stands for an address in any case and form. */
function digestOf(address: string): string {
  const normal = address.normalize('NFC').trim().toLowerCase();
  return createHash('sha256').update(normal).digest('base64url');
}

/**
 * Counts a mail to an address if it may have it. Its row is locked until the end of the transaction, so that what comes
 * at once is counted one after the other.
 * @returns whether it may.
 */
export async function countMail(
  sql: Queryable,
  address: string,
  wish: MailWish,
  limits: MailLimits,
): Promise<boolean> {
  const digest = digestOf(address);
  const [row] = await sql.query<{ asked: number; unasked: number; stopped: boolean }>(
    `insert into recipient as r (digest, day_at) values ($1, foyer_now())
     on conflict (digest) do update set
       day_at = case when r.day_at <= foyer_now() - interval '1 day' then foyer_now() else r.day_at end,
       asked = case when r.day_at <= foyer_now() - interval '1 day' then 0 else r.asked end,
       unasked = case when r.day_at <= foyer_now() - interval '1 day' then 0 else r.unasked end
     returning asked, unasked, stopped_at is not null as stopped`,
    [digest],
  );
  if (!row || !mayBeMailed(wish, row, limits)) return false;
  await sql.query(
    `update recipient set ${wish.asked ? 'asked = asked' : 'unasked = unasked'} + 1 where digest = $1`,
    [digest],
  );
  return true;
}

/** Stops mail to an address that its owner has not asked for. Doing it again does nothing. */
export async function stopMail(sql: Queryable, address: string): Promise<void> {
  await sql.query(
    `insert into recipient as r (digest, day_at, stopped_at) values ($1, foyer_now(), foyer_now())
     on conflict (digest) do update set stopped_at = coalesce(r.stopped_at, foyer_now())`,
    [digestOf(address)],
  );
}

/** Forgets addresses that have had nothing for a day. Those that want no mail are remembered. */
export async function forgetRecipients(sql: Queryable): Promise<void> {
  await sql.query(
    `delete from recipient where stopped_at is null and day_at <= foyer_now() - interval '1 day'`,
  );
}
