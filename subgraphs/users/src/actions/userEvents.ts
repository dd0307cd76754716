import {
  outboxEvent,
  UserSecurityAlert,
  UserUpdated,
  UserVerificationRequested,
  type EventDataOf,
  type OutboxEvent,
} from '@foyer/kafka';
import type { StoreServices } from '../services.js';
import type { Account } from '../store/accounts.js';
import { insertMailToken } from '../store/mailTokens.js';
import type { UsersTransaction } from '../store/openUsersDatabase.js';

/** How an account's owner is addressed in events. */
export function addressee({ id, email, name }: Pick<Account, 'id' | 'email' | 'name'>): {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
} {
  return { userId: id, email, name };
}

/** The whole present state of an account. */
export function userUpdated(account: Account): OutboxEvent {
  return outboxEvent(UserUpdated, {
    aggregateId: account.id,
    data: {
      ...addressee(account),
      language: account.language,
      emailVerified: account.emailVerifiedAt !== null,
      active: account.deactivatedAt === null,
      preferences: {
        cuisines: account.cuisines,
        dietary: account.dietary,
        defaultPartySize: account.defaultPartySize,
        channels: account.channels,
      },
    },
  });
}

/** Tells an account's owner of something. @param address of whoever did it. */
export function securityAlert(
  account: Account,
  kind: EventDataOf<typeof UserSecurityAlert>['kind'],
  address: string,
  at: Date,
  device: Pick<EventDataOf<typeof UserSecurityAlert>, 'deviceName'> = {},
): OutboxEvent {
  return outboxEvent(UserSecurityAlert, {
    aggregateId: account.id,
    data: { ...addressee(account), kind, address, ...device, at: at.toISOString() },
  });
}

/** Has the mail with which an address is proven sent. */
export async function verificationRequested(
  { clock, configuration, sealer }: Pick<StoreServices, 'clock' | 'configuration' | 'sealer'>,
  client: UsersTransaction,
  account: Pick<Account, 'id' | 'email' | 'name'>,
): Promise<OutboxEvent> {
  const expiresAt = new Date(clock.now().getTime() + configuration.emailVerificationMs);
  const token = await insertMailToken(client, 'EMAIL_VERIFICATION', account.id, expiresAt);
  return outboxEvent(UserVerificationRequested, {
    aggregateId: account.id,
    data: {
      ...addressee(account),
      sealedToken: sealer.seal('email-verification', token),
      expiresAt: expiresAt.toISOString(),
    },
  });
}
