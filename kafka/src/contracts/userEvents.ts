import { Type } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Addressee, Id, Instant, oneOf, orNull, Sealed } from './parts.js';

const user = { topic: 'user-events', aggregateType: 'user', version: 1 } as const;
const organization = { topic: 'user-events', aggregateType: 'organization', version: 1 } as const;

/** Somebody made an account. */
export const UserRegistered = defineEvent({
  ...user,
  type: 'user.registered',
  data: Type.Object({ ...Addressee, language: Type.String() }),
});

/** What somebody likes and needs when eating out, and how they want to hear from us. */
const Preferences = Type.Object({
  /** In lower case. */
  cuisines: Type.Array(Type.String()),
  /** Dietary marks. */
  dietary: Type.Array(Type.String()),
  /** null: none. */
  defaultPartySize: orNull(Type.Integer({ minimum: 1 })),
  /** Channels of notifications that are wanted. Absent from events of a publisher that knew none: all are. */
  channels: Type.Optional(Type.Array(Type.String())),
});

/** Name, email, language, preferences or standing of an account changed; carries the whole present state. */
export const UserUpdated = defineEvent({
  ...user,
  type: 'user.updated',
  data: Type.Object({
    ...Addressee,
    language: Type.String(),
    emailVerified: Type.Boolean(),
    active: Type.Boolean(),
    /** Absent from events of a publisher that knew none. */
    preferences: Type.Optional(Preferences),
  }),
});

/** Somebody tried to register with an email that has an account: its owner is told, the other is not. */
export const UserRegistrationRepeated = defineEvent({
  ...user,
  type: 'user.registration-repeated',
  data: Type.Object(Addressee),
});

/** An address is to be verified. `sealedToken`: purpose `email-verification`. */
export const UserVerificationRequested = defineEvent({
  ...user,
  type: 'user.verification-requested',
  data: Type.Object({ ...Addressee, sealedToken: Sealed, expiresAt: Instant }),
});

/** A password is to be reset. `sealedToken`: purpose `password-reset`. */
export const UserPasswordResetRequested = defineEvent({
  ...user,
  type: 'user.password-reset-requested',
  data: Type.Object({ ...Addressee, sealedToken: Sealed, expiresAt: Instant }),
});

/** An account is to have another address. `sealedToken`: purpose `email-change`; for `newEmail` alone. */
export const UserEmailChangeRequested = defineEvent({
  ...user,
  type: 'user.email-change-requested',
  data: Type.Object({ ...Addressee, newEmail: Type.String(), sealedToken: Sealed, expiresAt: Instant }),
});

/** An account has another address, proven; its owner is told at the old one. `user.updated` goes before it. */
export const UserEmailChanged = defineEvent({
  ...user,
  type: 'user.email-changed',
  data: Type.Object({ ...Addressee, oldEmail: Type.String(), oldEmailVerified: Type.Boolean() }),
});

/** The password was changed or reset. */
export const UserPasswordChanged = defineEvent({
  ...user,
  type: 'user.password-changed',
  data: Type.Object(Addressee),
});

/** Something the account's owner should know of. */
export const UserSecurityAlert = defineEvent({
  ...user,
  type: 'user.security-alert',
  data: Type.Object({
    ...Addressee,
    kind: oneOf('REFRESH_TOKEN_REUSED', 'ACCOUNT_LOCKED', 'NEW_DEVICE'),
    address: Type.String(),
    /** What a new device calls itself; null: it does not say. Absent for other kinds. */
    deviceName: Type.Optional(orNull(Type.String())),
    at: Instant,
  }),
});

/** A session is over: its access tokens are refused from now on, its connections end. */
export const SessionEnded = defineEvent({
  topic: 'user-events',
  aggregateType: 'session',
  version: 1,
  type: 'session.ended',
  data: Type.Object({
    sessionId: Id,
    userId: Id,
    reason: oneOf(
      'LOGGED_OUT',
      'LOGGED_OUT_EVERYWHERE',
      'ENDED_BY_OWNER',
      'PASSWORD_CHANGED',
      'TOKEN_REUSED',
      'DEACTIVATED',
      'ROLE_CHANGED',
    ),
  }),
});

/** Roles in an organization. DOOR checks tickets in and nothing else. */
export const ORGANIZATION_ROLES = ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'DOOR'] as const;

const Membership = {
  organizationId: Id,
  userId: Id,
  role: oneOf(...ORGANIZATION_ROLES),
  /** Listings that the role is limited to; null is all. */
  listingIds: orNull(Type.Array(Id)),
};

/** An organization was made; its maker becomes OWNER by `organization.member-added`. */
export const OrganizationCreated = defineEvent({
  ...organization,
  type: 'organization.created',
  data: Type.Object({ organizationId: Id, name: Type.String(), verified: Type.Boolean() }),
});

/** Name or verification of an organization changed. */
export const OrganizationUpdated = defineEvent({
  ...organization,
  type: 'organization.updated',
  data: Type.Object({ organizationId: Id, name: Type.String(), verified: Type.Boolean() }),
});

/** Somebody is a member now. */
export const OrganizationMemberAdded = defineEvent({
  ...organization,
  type: 'organization.member-added',
  data: Type.Object(Membership),
});

/** A member's role or its limits changed. */
export const OrganizationMemberChanged = defineEvent({
  ...organization,
  type: 'organization.member-changed',
  data: Type.Object(Membership),
});

/** Somebody is no member any more. */
export const OrganizationMemberRemoved = defineEvent({
  ...organization,
  type: 'organization.member-removed',
  data: Type.Object({ organizationId: Id, userId: Id }),
});

/** Somebody is invited by mail. `sealedToken`: purpose `organization-invitation`. */
export const OrganizationInvitationCreated = defineEvent({
  ...organization,
  type: 'organization.invitation-created',
  data: Type.Object({
    organizationId: Id,
    organizationName: Type.String(),
    invitationId: Id,
    email: Type.String(),
    role: oneOf(...ORGANIZATION_ROLES),
    invitedBy: Type.String(),
    sealedToken: Sealed,
    expiresAt: Instant,
  }),
});
