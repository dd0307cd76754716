import { networkOf } from '@foyer/platform';
import type { Client } from '../domain/client.js';
import { decideRefresh } from '../domain/decideRefresh.js';
import { sessionOver } from '../domain/refusals.js';
import { sessionEnd } from '../domain/sessionEnd.js';
import type { Services } from '../services.js';
import type { UsersTransaction } from '../store/openUsersDatabase.js';
import { endSessions, insertRefreshToken, lockSession, type Session } from '../store/sessions.js';
import { hashSecret } from '../tokens/opaqueToken.js';
import { issueTokens, type Tokens } from './issueTokens.js';
import { securityAlert } from './userEvents.js';

/** What a session is gone on with. */
export interface RefreshInput {
  readonly refreshToken: string;
  readonly deviceToken?: string | null | undefined;
}

/**
 * Gives new tokens for a refresh token. The token just replaced is accepted again within the grace time from the same
 * device, and gives the same successor however often: that is derived from it, and never stored in clear. Anything older,
 * and anything from another device, ends the session and tells its owner.
 * @throws Refused `SessionOver`.
 */
export async function refreshSession(services: Services, input: RefreshInput, from: Client): Promise<Tokens> {
  const { database, outbox, clock, configuration, sealer } = services;
  const hash = hashSecret(input.refreshToken);
  const known = await database.client.refreshToken.findUnique({ where: { hash } });
  if (!known) throw sessionOver();
  const successor = sealer.derive('refresh token', `${known.sessionId} ${input.refreshToken}`);

  const refreshed = await database.transaction(async (client, sql) => {
    const session = await lockSession(client, sql, known.sessionId);
    const token = await client.refreshToken.findUnique({ where: { hash } });
    if (!session || !token) return null;
    const account = await client.account.findUniqueOrThrow({ where: { id: session.accountId } });
    const now = clock.now();
    // Also of sessions that began before their whole time was bounded.
    const expiresAt = sessionEnd(session.createdAt, now, configuration);
    const bounded = session.expiresAt < expiresAt ? session.expiresAt : expiresAt;
    const decision = decideRefresh(
      { ...session, ended: session.endedAt !== null, expiresAt: bounded },
      { ...token, sameDevice: await isSameDevice(client, session, input, from) },
      now,
      configuration.refreshGraceMs,
    );
    if (decision === 'OVER') return null;
    if (decision === 'REUSE') {
      const ended = await endSessions(sql, { accountId: account.id, only: session.id }, 'TOKEN_REUSED', now);
      await outbox.appendAll(sql, [
        ...ended,
        securityAlert(account, 'REFRESH_TOKEN_REUSED', from.address, now),
      ]);
      return null;
    }
    if (decision === 'ROTATE') await client.refreshToken.update({ where: { hash }, data: { used: true } });
    const present = await client.session.update({
      where: { id: session.id },
      data: {
        lastUsedAt: now,
        ...(decision === 'ROTATE' && {
          ...from,
          expiresAt,
          generation: session.generation + 1,
          generationAt: now,
          graceUsed: false,
        }),
      },
    });
    await insertRefreshToken(client, present, successor);
    return { account, session: present };
  });
  if (!refreshed) throw sessionOver();
  return issueTokens(services, refreshed.account, refreshed.session, successor);
}

/** Shown by the device's token; without one, by the network and the client's name of itself. */
async function isSameDevice(
  client: UsersTransaction,
  session: Session,
  { deviceToken }: RefreshInput,
  from: Client,
): Promise<boolean> {
  if (typeof deviceToken === 'string') {
    const device = await client.device.findUnique({ where: { tokenHash: hashSecret(deviceToken) } });
    return device !== null && device.id === session.deviceId;
  }
  // Sessions of the version before know no agent.
  const sameAgent = session.agent === null || session.agent === from.agent;
  return sameAgent && networkOf(session.address) === networkOf(from.address);
}
