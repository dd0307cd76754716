import { networkOf, type GuestIdentity, type UserIdentity } from '@foyer/platform';

/** Whom an operation is counted to: a person, or the network that a guest comes from. */
export function callerKey(identity: UserIdentity | GuestIdentity): string {
  return identity.kind === 'user' ? `user ${identity.userId}` : `guest ${networkOf(identity.address)}`;
}
