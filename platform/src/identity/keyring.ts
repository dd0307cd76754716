import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Pool } from 'pg';
import { invariant } from '../assert/invariant.js';
import type { Clock } from '../clock/clock.js';
import type { Sealer } from '../crypto/sealer.js';
import { pgTransaction } from '../postgres/index.js';
import { newId } from '../values/newId.js';
import { generateKeyPair } from './generateKeyPair.js';
import type { Jwks, PublicJwk } from './keySet.js';

/**
 * What a key pair signs. No key serves two. `ticket-code` has Ed25519, whose signatures are short and always the same;
 * all others have ES256. `ticket` signed the ticket codes of before, and signs no more.
 */
export type KeyPurpose = 'access' | 'identity' | 'admission' | 'ticket-code' | 'ticket';

/** The key that signs now. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** The key pairs of one purpose, in the owner's database, shared by its replicas. */
export interface Keyring {
  readonly purpose: KeyPurpose;
  /** The key to sign with. */
  signingKey(): Promise<SigningKey>;
  /** A key that signed before, to sign the same again; null: the first that was made. @throws when there is none. */
  signingKeyOf(kid: string | null): Promise<SigningKey>;
  /** The public keys to verify with: the present, the next and those whose tokens may still live. */
  jwks(): Promise<Jwks>;
  /**
   * Makes the next key. It is published at once and signs `activateAfterMs` later, when every verifier has it; the one
   * before stays published for `keepMs`.
   * @returns the new key's id.
   */
  rotate(): Promise<string>;
}

/** How a keyring is kept. */
export interface KeyringOptions {
  readonly purpose: KeyPurpose;
  readonly pool: Pool;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Time from publication to first use, in milliseconds. Longer than the verifiers' refresh (5 min). */
  readonly activateAfterMs?: number;
  /** Time that a key stays published after the next one took over, in milliseconds; at least the longest token's life. */
  readonly keepMs: number;
}

interface KeyRow {
  readonly kid: string;
  readonly public_jwk: PublicJwk;
  readonly sealed_private_key: string;
  readonly activates_at: Date;
}

const RELOAD_MS = 60_000;

/** Opens a keyring on the table `security.signing_key`; makes the first key when there is none. */
export function createKeyring(options: KeyringOptions): Keyring {
  const { purpose, pool, sealer, clock, keepMs, activateAfterMs = 10 * 60_000 } = options;
  let rows: readonly KeyRow[] = [];
  let loadedAt = -Infinity;
  const privateKeys = new Map<string, KeyObject>();

  const insert = async (
    query: (text: string, values: readonly unknown[]) => Promise<unknown>,
    activatesAt: Date,
  ): Promise<string> => {
    const kid = newId();
    const { privateKey, jwk } = generateKeyPair(purpose, kid);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await query(
      `insert into security.signing_key (kid, purpose, public_jwk, sealed_private_key, activates_at)
       values ($1, $2, $3, $4, $5)`,
      [kid, purpose, JSON.stringify(jwk), sealer.seal(`key:${purpose}`, pem), activatesAt],
    );
    return kid;
  };

  const load = async (): Promise<readonly KeyRow[]> => {
    const now = clock.now().getTime();
    if (rows.length > 0 && now - loadedAt < RELOAD_MS) return rows;
    const read = `select kid, public_jwk, sealed_private_key, activates_at from security.signing_key
      where purpose = $1 order by activates_at desc`;
    rows = (await pool.query<KeyRow>(read, [purpose])).rows;
    if (rows.length === 0) {
      rows = await pgTransaction(pool, async (transaction) => {
        // Replicas that start together make one first key between them.
        await transaction.query(`select pg_advisory_xact_lock(hashtext($1))`, [`signing_key:${purpose}`]);
        const present = await transaction.query<KeyRow>(read, [purpose]);
        if (present.length > 0) return present;
        await insert((text, values) => transaction.query(text, values), clock.now());
        return transaction.query<KeyRow>(read, [purpose]);
      });
    }
    loadedAt = now;
    return rows;
  };

  const current = (all: readonly KeyRow[]): KeyRow => {
    const now = clock.now();
    const row = all.find((each) => each.activates_at <= now) ?? all.at(-1);
    invariant(row, `no ${purpose} key`);
    return row;
  };

  const open = (row: KeyRow): SigningKey => {
    let privateKey = privateKeys.get(row.kid);
    if (!privateKey) {
      privateKey = createPrivateKey(sealer.open(`key:${purpose}`, row.sealed_private_key));
      privateKeys.set(row.kid, privateKey);
    }
    return { kid: row.kid, privateKey };
  };

  return {
    purpose,
    async signingKey() {
      return open(current(await load()));
    },
    async signingKeyOf(kid) {
      const find = (all: readonly KeyRow[]) =>
        kid === null ? all.at(-1) : all.find((each) => each.kid === kid);
      let row = find(await load());
      if (!row) {
        // Another replica may know it since less than a minute.
        loadedAt = -Infinity;
        row = find(await load());
      }
      invariant(row, `no ${purpose} key ${String(kid)}`);
      return open(row);
    },
    async jwks() {
      const all = await load();
      const present = current(all);
      const oldest = clock.now().getTime() - keepMs;
      const published = all.filter((row, index) => {
        const successor = all[index - 1];
        return row === present || !successor || successor.activates_at.getTime() > oldest;
      });
      return { keys: published.map((row) => row.public_jwk) };
    },
    async rotate() {
      await load();
      const kid = await insert(
        (text, values) => pool.query(text, [...values]),
        new Date(clock.now().getTime() + activateAfterMs),
      );
      loadedAt = -Infinity;
      return kid;
    },
  };
}
