import { isId, notFound, requireUser, withRefusals } from '@foyer/platform';
import { changeEmail, type ChangeEmailInput } from '../actions/changeEmail.js';
import { changePassword, type ChangePasswordInput } from '../actions/changePassword.js';
import { confirmEmailChange } from '../actions/confirmEmailChange.js';
import { endOwnSessions } from '../actions/endOwnSessions.js';
import { logIn, type LoginInput } from '../actions/logIn.js';
import type { NewAccountInput } from '../actions/readNewAccount.js';
import { refreshSession, type RefreshInput } from '../actions/refreshSession.js';
import { register } from '../actions/register.js';
import { requestEmailVerification } from '../actions/requestEmailVerification.js';
import { requestPasswordReset } from '../actions/requestPasswordReset.js';
import { resetPassword, type ResetPasswordInput } from '../actions/resetPassword.js';
import { updatePreferences, type PreferencesInput } from '../actions/updatePreferences.js';
import { updateProfile, type ProfileInput } from '../actions/updateProfile.js';
import { verifyEmail } from '../actions/verifyEmail.js';
import { sessionOver } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { callerOf } from './callerOf.js';
import { requirePerson } from './requirePerson.js';
import type { UsersContext } from './usersContext.js';

interface Input<Value> {
  readonly input: Value;
}

/** Resolvers of what people do with their own accounts and sessions. */
export function accountMutations(services: Services) {
  const { database } = services;
  return {
    register: withRefusals(async (_: unknown, { input }: Input<NewAccountInput>, context: UsersContext) => ({
      __typename: 'RegistrationAccepted',
      email: await register(services, input, callerOf(context).address),
    })),
    login: withRefusals(async (_: unknown, { input }: Input<LoginInput>, context: UsersContext) => {
      const { account, ...begun } = await logIn(services, input, callerOf(context));
      return { __typename: 'LoginPayload', ...begun, user: { id: account.id } };
    }),
    refreshSession: withRefusals(
      async (_: unknown, { input }: Input<RefreshInput>, context: UsersContext) => ({
        __typename: 'RefreshSessionPayload',
        tokens: await refreshSession(services, input, callerOf(context)),
      }),
    ),
    logout: withRefusals(async (_: unknown, __: unknown, { identity }: UsersContext) => {
      const { userId, sessionId } = requireUser(identity);
      const endedSessions = await endOwnSessions(
        services,
        { accountId: userId, only: sessionId },
        'LOGGED_OUT',
      );
      if (endedSessions === 0) throw sessionOver();
      return { __typename: 'LogoutPayload', endedSessions };
    }),
    logoutEverywhere: withRefusals(async (_: unknown, __: unknown, context: UsersContext) => {
      const { userId } = await requirePerson(database, context);
      const endedSessions = await endOwnSessions(services, { accountId: userId }, 'LOGGED_OUT_EVERYWHERE');
      return { __typename: 'LogoutPayload', endedSessions };
    }),
    endSession: withRefusals(async (_: unknown, { id }: { id: string }, context: UsersContext) => {
      const { userId } = await requirePerson(database, context, 'session:manage');
      const ended = isId(id)
        ? await endOwnSessions(services, { accountId: userId, only: id }, 'ENDED_BY_OWNER')
        : 0;
      if (ended === 0) throw notFound('living session', id);
      return { __typename: 'EndSessionPayload', id };
    }),
    updateProfile: withRefusals(async (_: unknown, { input }: Input<ProfileInput>, context: UsersContext) => {
      const person = await requirePerson(database, context, 'profile:manage');
      await updateProfile(services, person, input);
      return { __typename: 'UserPayload', user: { id: person.userId } };
    }),
    updatePreferences: withRefusals(
      async (_: unknown, { input }: Input<PreferencesInput>, context: UsersContext) => {
        const person = await requirePerson(database, context, 'profile:manage');
        await updatePreferences(services, person, input);
        return { __typename: 'UserPayload', user: { id: person.userId } };
      },
    ),
    changePassword: withRefusals(
      async (_: unknown, { input }: Input<ChangePasswordInput>, context: UsersContext) => {
        const person = await requirePerson(database, context, 'profile:manage');
        return {
          __typename: 'ChangePasswordPayload',
          endedSessions: await changePassword(services, person, input),
        };
      },
    ),
    changeEmail: withRefusals(
      async (_: unknown, { input }: Input<ChangeEmailInput>, context: UsersContext) => {
        const person = await requirePerson(database, context, 'profile:manage');
        return { __typename: 'ChangeEmailPayload', email: await changeEmail(services, person, input) };
      },
    ),
    confirmEmailChange: withRefusals(
      async (_: unknown, { input }: Input<{ token: string }>, context: UsersContext) => {
        const person = await requirePerson(database, context, 'profile:manage');
        await confirmEmailChange(services, person, input.token);
        return { __typename: 'ConfirmEmailChangePayload', user: { id: person.userId } };
      },
    ),
    requestPasswordReset: withRefusals(
      async (_: unknown, { input }: Input<{ email: string }>, context: UsersContext) => ({
        __typename: 'PasswordResetRequested',
        email: await requestPasswordReset(services, input.email, callerOf(context).address),
      }),
    ),
    resetPassword: withRefusals(
      async (_: unknown, { input }: Input<ResetPasswordInput>, context: UsersContext) => ({
        __typename: 'ResetPasswordPayload',
        endedSessions: await resetPassword(services, input, callerOf(context).address),
      }),
    ),
    verifyEmail: withRefusals(async (_: unknown, { token }: { token: string }) => ({
      __typename: 'VerifyEmailPayload',
      email: await verifyEmail(services, token),
    })),
    requestEmailVerification: withRefusals(async (_: unknown, __: unknown, context: UsersContext) => {
      const { userId } = await requirePerson(database, context, 'profile:manage');
      return {
        __typename: 'EmailVerificationRequested',
        email: await requestEmailVerification(services, userId),
      };
    }),
  };
}
