import {
  OrganizationInvitationCreated,
  UserEmailChanged,
  UserEmailChangeRequested,
  UserPasswordChanged,
  UserPasswordResetRequested,
  UserRegistered,
  UserRegistrationRepeated,
  UserSecurityAlert,
  UserVerificationRequested,
} from '@foyer/kafka';
import { formatInUtc } from '../domain/formatInstant.js';
import type { NotificationHandler, NotifierTransaction } from '../store/notifier.js';
import { languageOf, messageOn, type HandlerServices } from './parts.js';

const ALERTS = {
  REFRESH_TOKEN_REUSED: 'A session was continued with a token that had been replaced; we ended it.',
  ACCOUNT_LOCKED: 'Somebody failed to log in several times; we lock them out for a while.',
} as const;

/** Messages about accounts and organizations. */
export function accountHandlers(services: HandlerServices): readonly NotificationHandler[] {
  const { sealer, links } = services;
  const to = async (data: { userId: string; email: string }, transaction: NotifierTransaction) => ({
    userId: data.userId,
    email: data.email,
    language: await languageOf(transaction, data.userId),
  });
  return [
    messageOn(UserRegistered, services, ({ data }) => ({
      name: 'welcome',
      to: data,
      values: { name: data.name },
    })),
    messageOn(UserRegistrationRepeated, services, async ({ data }, transaction) => ({
      name: 'registration-repeated',
      to: await to(data, transaction),
      values: { name: data.name },
    })),
    messageOn(UserVerificationRequested, services, async ({ data }, transaction) => ({
      name: 'email-verification',
      thing: 'email-verification',
      to: await to(data, transaction),
      values: (language) => ({
        name: data.name,
        ...tokenOf(sealer.open('email-verification', data.sealedToken), links.verifyEmail),
        expiresAt: formatInUtc(new Date(data.expiresAt), language),
      }),
    })),
    messageOn(UserPasswordResetRequested, services, async ({ data }, transaction) => ({
      name: 'password-reset',
      thing: 'password-reset',
      to: await to(data, transaction),
      values: (language) => ({
        name: data.name,
        ...tokenOf(sealer.open('password-reset', data.sealedToken), links.resetPassword),
        expiresAt: formatInUtc(new Date(data.expiresAt), language),
      }),
    })),
    messageOn(UserEmailChangeRequested, services, async ({ data }, transaction) => ({
      name: 'email-change',
      thing: 'email-change',
      to: { ...(await to(data, transaction)), email: data.newEmail },
      values: (language) => ({
        name: data.name,
        token: sealer.open('email-change', data.sealedToken),
        expiresAt: formatInUtc(new Date(data.expiresAt), language),
      }),
    })),
    messageOn(UserEmailChanged, services, async ({ data }, transaction) => ({
      name: 'email-changed',
      to: {
        ...(await to(data, transaction)),
        email: data.oldEmail,
        wasProven: data.oldEmailVerified,
      },
      values: { name: data.name, newEmail: data.email },
    })),
    messageOn(UserPasswordChanged, services, async ({ data }, transaction) => ({
      name: 'password-changed',
      to: await to(data, transaction),
      values: { name: data.name },
    })),
    messageOn<typeof UserSecurityAlert, 'new-device' | 'security-alert'>(
      UserSecurityAlert,
      services,
      async ({ data }, transaction) => {
        const { kind, name, address, deviceName } = data;
        const where = (language: string) => ({ name, address, at: formatInUtc(new Date(data.at), language) });
        return kind === 'NEW_DEVICE'
          ? {
              name: 'new-device',
              to: await to(data, transaction),
              values: (language) => ({
                ...where(language),
                device: deviceName ?? 'a device that gives no name',
                sessionsLink: links.sessions(),
              }),
            }
          : {
              name: 'security-alert',
              to: await to(data, transaction),
              values: (language) => ({ ...where(language), what: ALERTS[kind] }),
            };
      },
    ),
    messageOn(OrganizationInvitationCreated, services, ({ data }) => ({
      name: 'organization-invitation',
      thing: `invitation ${data.organizationId}`,
      to: { userId: null, email: data.email, language: 'en' },
      values: (language) => ({
        organizationName: data.organizationName,
        invitedBy: data.invitedBy,
        role: data.role,
        ...tokenOf(sealer.open('organization-invitation', data.sealedToken), links.acceptInvitation),
        expiresAt: formatInUtc(new Date(data.expiresAt), language),
      }),
    })),
  ];
}

function tokenOf(token: string, linkWith: (token: string) => string) {
  return { token, link: linkWith(token) };
}
