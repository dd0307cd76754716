import { InputCheck, isEmailAddress, networkOf, normalText, notPermitted } from '@foyer/platform';
import type { Client } from '../domain/client.js';
import { checkName } from '../domain/checkProfile.js';
import { wrongCredentials } from '../domain/refusals.js';
import { sessionEnd } from '../domain/sessionEnd.js';
import type { Services } from '../services.js';
import { lockAccount, type Account } from '../store/accounts.js';
import { attemptKey, confirmLock, forgetAttempts, networkKey } from '../store/attempts.js';
import { findAddress } from '../store/findAddress.js';
import { findDevice, insertDevice, type Device } from '../store/devices.js';
import { insertSession, type Session } from '../store/sessions.js';
import { newSecret } from '../tokens/opaqueToken.js';
import { issueTokens, type Tokens } from './issueTokens.js';
import { judgePassword } from './judgePassword.js';
import { limit } from './limit.js';
import { securityAlert } from './userEvents.js';

/** What somebody logs in with. */
export interface LoginInput {
  readonly email: string;
  readonly password: string;
  readonly deviceName?: string | null | undefined;
  readonly deviceToken?: string | null | undefined;
}

/** A session that has begun. */
export interface LoggedIn {
  readonly account: Account;
  readonly session: Session;
  readonly tokens: Tokens;
  readonly deviceToken: string;
}

/** How somebody knocks. */
interface Knock {
  readonly deviceName: string | null;
  readonly device: Device | null;
  /** What failures lock. */
  readonly key: string;
  readonly from: Client;
}

/**
 * Begins a session. Whether the email has an account can be told neither from the answer nor from the time it takes.
 *
 * Failures lock account and network together (of IPv6 a /64), and from wherever they come they slow down the account's
 * unknown devices. A device known to the account is counted by itself, also in the rate limit: nobody else can lock it
 * out, from whatever address.
 * @throws Refused `InvalidInput`, `WrongCredentials`, `LoginLocked`, `RateLimited`; `NotPermitted` when the password is
 * right and the account deactivated.
 */
export async function logIn(services: Services, input: LoginInput, from: Client): Promise<LoggedIn> {
  const { database, configuration, rateLimiter, turns } = services;
  const { address } = from;
  const email = await findAddress(database, input.email);
  const deviceName = normalText(input.deviceName ?? '') || null;
  const check = new InputCheck();
  if (deviceName !== null) checkName(check, 'input.deviceName', deviceName);
  check.done();
  const device = isEmailAddress(email) ? await findDevice(database, input.deviceToken ?? null, email) : null;
  const network = networkOf(address);
  const key = device ? attemptKey('device', device.id) : networkKey(email, address);
  const slowKey = device ? null : attemptKey('account', email);
  await limit(rateLimiter, configuration.loginLimit, device ? `device ${device.id}` : network, 'log-ins');

  return turns.run(slowKey ?? key, async () => {
    const { owner, right, locked } = await judgePassword(
      services,
      { key, slowKey },
      input.password,
      async () => (isEmailAddress(email) ? database.client.account.findUnique({ where: { email } }) : null),
    );
    if (!owner || !right) {
      if (locked) await tellOfLock(services, key, owner, address);
      throw wrongCredentials();
    }
    return beginSession(services, owner, { deviceName, device, key, from }, input.deviceToken ?? null);
  });
}

/** Writes about as much whether or not there is an account, so that the time does not tell. */
async function tellOfLock(
  { database, outbox, clock, configuration, rateLimiter }: Services,
  key: string,
  owner: Account | null,
  address: string,
): Promise<void> {
  // From many addresses, this would fill a mailbox.
  const mail = owner && (await rateLimiter.consume(configuration.mailLimit, `lock ${owner.id}`));
  await database.transaction(async (_, sql) => {
    const now = clock.now();
    await confirmLock(sql, key, new Date(now.getTime() + configuration.lock.lockMs));
    if (owner && mail?.allowed)
      await outbox.appendAll(sql, [securityAlert(owner, 'ACCOUNT_LOCKED', address, now)]);
  });
}

async function beginSession(
  services: Services,
  judged: Account,
  { deviceName, device, key, from }: Knock,
  deviceToken: string | null,
): Promise<LoggedIn> {
  const { database, outbox, clock, configuration } = services;
  const now = clock.now();
  const refreshToken = newSecret();
  const kept = device !== null && deviceToken !== null ? deviceToken : newSecret();
  const { account, session } = await database.transaction(async (client, sql) => {
    const account = await lockAccount(client, sql, judged.id, 'share');
    // Changed while it was judged: what was shown is the old password.
    if (!account || account.passwordHash !== judged.passwordHash) throw wrongCredentials();
    if (account.deactivatedAt) throw notPermitted('This account is deactivated. Write to support.');
    const before = await client.device.count({ where: { accountId: account.id } });
    const known = device && (await client.device.findUnique({ where: { id: device.id } }));
    if (known) await client.device.update({ where: { id: known.id }, data: { lastUsedAt: now } });
    const { id: deviceId } = known ?? (await insertDevice(client, sql, account.id, kept, now));
    const expiresAt = sessionEnd(now, now, configuration);
    const session = await insertSession(
      client,
      { accountId: account.id, deviceId, deviceName, ...from, refreshToken, expiresAt },
      now,
    );
    await forgetAttempts(sql, key);
    if (!known && before > 0)
      await outbox.appendAll(sql, [securityAlert(account, 'NEW_DEVICE', from.address, now, { deviceName })]);
    return { account, session };
  });
  return {
    account,
    session,
    deviceToken: kept,
    tokens: await issueTokens(services, account, session, refreshToken),
  };
}
