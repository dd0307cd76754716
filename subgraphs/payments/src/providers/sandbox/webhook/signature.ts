import { createHmac, timingSafeEqual } from 'node:crypto';
import { WebhookRejected } from '../../paymentProvider.js';

/** The header that carries the signature: `t=1767225600,v1=` and 64 hex digits. */
export const SIGNATURE_HEADER = 'sandbox-signature';

/** How far a signature's time may be from ours, in seconds. */
const TOLERANCE_SECONDS = 300;

/** Signs a body: HMAC-SHA256 over `time.body`, so that neither can be changed nor the whole be sent again much later. */
export function signBody(secret: string, rawBody: Buffer | string, at: Date): string {
  const time = Math.floor(at.getTime() / 1000);
  return `t=${time},v1=${macOf(secret, time, rawBody).toString('hex')}`;
}

/**
 * Makes sure that a body is signed with this secret, not long ago.
 * @throws WebhookRejected SIGNATURE, or STALE for a true signature of another time.
 */
export function verifySignature(secret: string, rawBody: Buffer, header: unknown, now: Date): void {
  const match = typeof header === 'string' ? /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) : null;
  if (!match)
    throw new WebhookRejected('SIGNATURE', `${SIGNATURE_HEADER} is missing or not of the form t=…,v1=…`);
  const time = Number(match[1]);
  const given = Buffer.from(match[2] ?? '', 'hex');
  if (!timingSafeEqual(given, macOf(secret, time, rawBody))) {
    throw new WebhookRejected('SIGNATURE', 'the signature does not fit the body');
  }
  if (Math.abs(now.getTime() / 1000 - time) > TOLERANCE_SECONDS) {
    throw new WebhookRejected('STALE', `the signature is more than ${TOLERANCE_SECONDS} s from now`);
  }
}

function macOf(secret: string, time: number, rawBody: Buffer | string): Buffer {
  return createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest();
}
