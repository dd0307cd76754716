import { decideRefresh } from '../domain/decideRefresh.js';
import { sessionOver } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { endSessions, insertRefreshToken, lockSession } from '../store/sessions.js';
import { hashSecret, newSecret } from '../tokens/opaqueToken.js';
import { issueTokens, type Tokens } from './issueTokens.js';
import { securityAlert } from './userEvents.js';

/**
 * Gives new tokens for a refresh token. The token just replaced is accepted once more within the grace time; anything
 * older ends the session and tells its owner.
 * @throws Refused `SessionOver`.
 */
export async function refreshSession(services: Services, shown: string, address: string): Promise<Tokens> {
  const { database, outbox, clock, configuration } = services;
  const hash = hashSecret(shown);
  const refreshToken = newSecret();
  const known = await database.client.refreshToken.findUnique({ where: { hash } });
  if (!known) throw sessionOver();

  const refreshed = await database.transaction(async (client, sql) => {
    const session = await lockSession(client, sql, known.sessionId);
    const token = await client.refreshToken.findUnique({ where: { hash } });
    if (!session || !token) return null;
    const account = await client.account.findUniqueOrThrow({ where: { id: session.accountId } });
    const now = clock.now();
    const state = { ...session, ended: session.endedAt !== null };
    const decision = decideRefresh(state, token, now, configuration.refreshGraceMs);
    if (decision === 'OVER') return null;
    if (decision === 'REUSE') {
      const ended = await endSessions(sql, { accountId: account.id, only: session.id }, 'TOKEN_REUSED', now);
      await outbox.appendAll(sql, [...ended, securityAlert(account, 'REFRESH_TOKEN_REUSED', address, now)]);
      return null;
    }
    await client.refreshToken.update({ where: { hash }, data: { used: true } });
    const rotates = decision === 'ROTATE';
    const present = await client.session.update({
      where: { id: session.id },
      data: {
        lastUsedAt: now,
        address,
        expiresAt: new Date(now.getTime() + configuration.refreshTokenMs),
        ...(rotates
          ? { generation: session.generation + 1, generationAt: now, graceUsed: false }
          : { graceUsed: true }),
      },
    });
    await insertRefreshToken(client, present, refreshToken);
    return { account, session: present };
  });
  if (!refreshed) throw sessionOver();
  return issueTokens(services, refreshed.account, refreshed.session, refreshToken);
}
