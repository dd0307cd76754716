import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts small secrets at rest and in events under the installation's secret (AES-256-GCM). */
export interface Sealer {
  /** @param purpose binds the text to its use: it opens only under the same purpose. */
  seal(purpose: string, text: string): string;
  /** @throws Error when the text was sealed under another secret or purpose, or was changed. */
  open(purpose: string, sealed: string): string;
  /**
   * A secret that follows from a text: HMAC-SHA-256 under a key of the purpose, base64url, 43 characters. The same text
   * always gives the same one, and nobody can tell it, or another's, who has not the installation's secret.
   */
  derive(purpose: string, text: string): string;
}

/** A sealer under the installation's secret, `FOYER_SECRET`: at least 32 characters. */
export function createSealer(secret: string): Sealer {
  const keys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    let key = keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', secret, 'foyer', purpose, 32));
      keys.set(purpose, key);
    }
    return key;
  };
  return {
    seal(purpose, text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    },
    derive(purpose, text) {
      return createHmac('sha256', keyFor(`derive ${purpose}`))
        .update(text, 'utf8')
        .digest('base64url');
    },
  };
}
