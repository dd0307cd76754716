import { rateLimited } from '@foyer/platform';
import { hash, verify } from '@node-rs/argon2';
import { normalizePassword } from '../domain/checkPassword.js';
import { newSecret } from '../tokens/opaqueToken.js';
import { createGate, GateFull } from './createGate.js';

/** What a hash costs. */
export interface PasswordCost {
  /** Memory of one hash, in KiB. */
  readonly memoryKib: number;
  readonly passes: number;
  /** How many are computed at the same time: what bounds the memory. */
  readonly parallel: number;
  /** How many may wait; more are refused. */
  readonly queue: number;
}

/** Hashes passwords with argon2id (RFC 9106), a few at a time. */
export interface Passwords {
  /** @returns the hash in PHC format. @throws Refused `RateLimited` when too many wait. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password is the hashed one.
   * @param hashed null where there is no account: as much work is done, and the answer is false.
   * @throws Refused `RateLimited` when too many wait.
   */
  verify(hashed: string | null, password: string): Promise<boolean>;
}

/** Longer ones are nobody's password. */
const LONGEST_CONSIDERED = 400;

/** Passwords at a cost. */
export function createPasswords(cost: PasswordCost): Passwords {
  const gate = createGate(cost.parallel, cost.queue);
  const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 };
  let nobodys: Promise<string> | null = null;

  const through = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await gate.run(work);
    } catch (error) {
      if (error instanceof GateFull) throw rateLimited('Too many people are logging in right now.', 5);
      throw error;
    }
  };
  const prepared = (password: string): string => normalizePassword(password.slice(0, LONGEST_CONSIDERED));

  return {
    hash: (password) => through(() => hash(prepared(password), options)),
    async verify(hashed, password) {
      nobodys ??= hash(newSecret(), options).catch((error: unknown) => {
        // Kept, every login with an unknown name would fail from then on, and so tell it from a known one.
        nobodys = null;
        throw error;
      });
      const known = hashed ?? (await nobodys);
      const same = await through(() => verify(known, prepared(password)));
      return same && hashed !== null;
    },
  };
}
