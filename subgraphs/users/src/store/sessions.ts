import { SessionEnded, outboxEvent, type EventDataOf, type OutboxEvent } from '@foyer/kafka';
import { newId, type SqlTransaction } from '@foyer/platform';
import type { Prisma } from '@foyer/prisma/users';
import { hashSecret } from '../tokens/opaqueToken.js';
import type { UsersTransaction } from './openUsersDatabase.js';

/** A session as it is stored. */
export type Session = Prisma.SessionGetPayload<object>;

/** Why a session ended. */
export type EndReason = EventDataOf<typeof SessionEnded>['reason'];

/** A session to begin. */
export interface NewSession {
  readonly accountId: string;
  readonly deviceId: string;
  readonly deviceName: string | null;
  readonly address: string;
  readonly agent: string | null;
  readonly refreshToken: string;
  readonly expiresAt: Date;
}

/** Begins a session with its first refresh token. */
export async function insertSession(
  client: UsersTransaction,
  session: NewSession,
  now: Date,
): Promise<Session> {
  const { refreshToken, ...rest } = session;
  const row = await client.session.create({
    data: { ...rest, id: newId(), createdAt: now, lastUsedAt: now, generationAt: now },
  });
  await insertRefreshToken(client, row, refreshToken);
  return row;
}

/** Adds a refresh token to the present generation of a session, unless it is there; it lives as long as the session. */
export async function insertRefreshToken(
  client: UsersTransaction,
  session: Pick<Session, 'id' | 'generation' | 'expiresAt'>,
  refreshToken: string,
): Promise<void> {
  await client.refreshToken.createMany({
    data: {
      hash: hashSecret(refreshToken),
      sessionId: session.id,
      generation: session.generation,
      expiresAt: session.expiresAt,
    },
    skipDuplicates: true,
  });
}

/** Locks a session and reads it as it then is; null when there is none. */
export async function lockSession(
  client: UsersTransaction,
  sql: SqlTransaction,
  id: string,
): Promise<Session | null> {
  await sql.query('select from session where id = $1 for update', [id]);
  return client.session.findUnique({ where: { id } });
}

/** Which sessions of an account end: all, all but one, or one. */
export interface EndingSessions {
  readonly accountId: string;
  readonly except?: string;
  readonly only?: string;
}

/**
 * Ends sessions that have not ended; locks them in the order of their ids.
 * @returns the events that tell of it, one for each, to be appended when all locks are taken.
 */
export async function endSessions(
  sql: SqlTransaction,
  { accountId, except, only }: EndingSessions,
  reason: EndReason,
  now: Date,
): Promise<readonly OutboxEvent[]> {
  const locked = await sql.query<{ id: string }>(
    `select id from session
     where account_id = $1 and ended_at is null and id is distinct from $2 and id = coalesce($3, id)
     order by id for update`,
    [accountId, except ?? null, only ?? null],
  );
  const ended = await sql.query<{ id: string }>(
    `update session set ended_at = $2, ended_reason = $3
     where id = any ($1::uuid[]) and ended_at is null
     returning id`,
    [locked.map(({ id }) => id), now, reason],
  );
  return ended.map(({ id }) =>
    outboxEvent(SessionEnded, { aggregateId: id, data: { sessionId: id, userId: accountId, reason } }),
  );
}
