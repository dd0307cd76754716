import { ConfigurationError, type Environment, type RateLimit } from '@foyer/platform';
import type { LockRule } from './domain/countFailure.js';
import type { PasswordCost } from './passwords/createPasswords.js';

/** What can be set about accounts; times in milliseconds unless said otherwise. */
export interface Configuration {
  /** The most connections to the database. */
  readonly poolSize: number;
  readonly accessTokenSeconds: number;
  readonly refreshTokenMs: number;
  /** When a session is over whatever its use, counted from its log-in. */
  readonly sessionMs: number;
  /** How long a refresh token just replaced is accepted again from its device. */
  readonly refreshGraceMs: number;
  readonly emailVerificationMs: number;
  readonly passwordResetMs: number;
  readonly invitationMs: number;
  /** Failures that lock account and network together, or a known device. */
  readonly lock: LockRule;
  /** Failures from everywhere that slow an account's unknown devices down. */
  readonly slowDown: LockRule;
  readonly passwordCost: PasswordCost;
  /** The time that asking for a reset takes at least, so that it does not tell whether there is an account. */
  readonly resetAnswerMs: number;
  /** Per address; of IPv6 per /64. */
  readonly loginLimit: RateLimit;
  /** Per address; of IPv6 per /64. */
  readonly registerLimit: RateLimit;
  /** Per address; of IPv6 per /64. */
  readonly resetLimit: RateLimit;
  /** Mails of one kind that others can cause, per recipient. */
  readonly mailLimit: RateLimit;
  /** Per organization. */
  readonly invitationLimit: RateLimit;
  /** Per person. */
  readonly organizationLimit: RateLimit;
  /** The first administrator, made at start if there is none; null: none is made. */
  readonly firstAdministrator: { readonly email: string; readonly password: string } | null;
}

/** The least memory of a password hash outside of development, in KiB (OWASP Password Storage). */
const LEAST_MEMORY_KIB = 19_456;

/** Reads the configuration. @throws ConfigurationError for what can't be used. */
export function readConfiguration(environment: Environment, development: boolean): Configuration {
  const lockMs = environment.integer('USERS_LOCK_SECONDS', 900, { minimum: 1 }) * 1000;
  const seconds = (name: string, fallback: number): number =>
    environment.integer(name, fallback, { minimum: 1 });
  const limit = (name: string, variable: string, points: number, window: number): RateLimit => ({
    name: `users:${name}`,
    points: environment.integer(variable, points, { minimum: 1 }),
    seconds: window,
  });
  return {
    poolSize: environment.integer('USERS_POOL_SIZE', 8, { minimum: 2 }),
    accessTokenSeconds: seconds('USERS_ACCESS_TOKEN_SECONDS', 600),
    refreshTokenMs: seconds('USERS_REFRESH_TOKEN_SECONDS', 30 * 86_400) * 1000,
    sessionMs: seconds('USERS_SESSION_SECONDS', 180 * 86_400) * 1000,
    refreshGraceMs: environment.integer('USERS_REFRESH_GRACE_SECONDS', 30) * 1000,
    emailVerificationMs: seconds('USERS_EMAIL_VERIFICATION_SECONDS', 86_400) * 1000,
    passwordResetMs: seconds('USERS_PASSWORD_RESET_SECONDS', 3600) * 1000,
    invitationMs: seconds('USERS_INVITATION_SECONDS', 7 * 86_400) * 1000,
    lock: {
      failures: environment.integer('USERS_LOCK_FAILURES', 5, { minimum: 1 }),
      lockMs,
      rememberMs: lockMs,
      growsToMs: null,
    },
    slowDown: {
      failures: environment.integer('USERS_SLOW_FAILURES', 20, { minimum: 1 }),
      lockMs: 1000,
      rememberMs: lockMs,
      growsToMs: 60_000,
    },
    passwordCost: {
      memoryKib: environment.integer('USERS_ARGON2_MEMORY_KIB', 65_536, {
        minimum: development ? 8 : LEAST_MEMORY_KIB,
        maximum: 1_048_576,
      }),
      passes: environment.integer('USERS_ARGON2_PASSES', 3, { minimum: 1, maximum: 20 }),
      parallel: environment.integer('USERS_ARGON2_PARALLEL', 2, { minimum: 1, maximum: 64 }),
      queue: environment.integer('USERS_ARGON2_QUEUE', 120),
    },
    resetAnswerMs: environment.integer('USERS_RESET_ANSWER_MS', 300, { maximum: 5000 }),
    loginLimit: limit('login', 'USERS_LOGIN_PER_MINUTE', 10, 60),
    registerLimit: limit('register', 'USERS_REGISTER_PER_10_MINUTES', 20, 600),
    resetLimit: limit('reset', 'USERS_RESET_PER_10_MINUTES', 10, 600),
    mailLimit: limit('mail', 'USERS_MAILS_PER_HOUR', 5, 3600),
    invitationLimit: limit('invitation', 'USERS_INVITATIONS_PER_HOUR', 50, 3600),
    organizationLimit: limit('organization', 'USERS_ORGANIZATIONS_PER_HOUR', 10, 3600),
    firstAdministrator: firstAdministrator(environment),
  };
}

function firstAdministrator(environment: Environment): Configuration['firstAdministrator'] {
  const email = environment.optional('FOYER_ADMIN_EMAIL');
  const password = environment.optional('FOYER_ADMIN_PASSWORD');
  if (email === undefined && password === undefined) return null;
  if (email === undefined || password === undefined) {
    throw new ConfigurationError(
      'FOYER_ADMIN_EMAIL and FOYER_ADMIN_PASSWORD belong together: set both, or neither.',
    );
  }
  return { email, password };
}
