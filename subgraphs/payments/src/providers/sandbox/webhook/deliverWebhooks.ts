import type { Queryable } from '@foyer/kafka';
import { settleAll, type Clock } from '@foyer/platform';
import { request } from 'undici';
import { claimWebhooks, markDelivered, markUndelivered, type DueWebhook } from '../books/webhooks.js';
import { SIGNATURE_HEADER, signBody } from './signature.js';

/** Where webhooks go, and how they are signed. */
export interface Delivery {
  readonly url: () => string;
  readonly secret: () => string;
  readonly clock: Clock;
}

const AT_ONCE = 8;
const TIMEOUT_MS = 5000;

/** Sends every webhook that is due; one that is not acknowledged comes again. Signed anew at each attempt. */
export async function deliverWebhooks(sql: Queryable, delivery: Delivery): Promise<void> {
  let claimed: readonly DueWebhook[];
  do {
    claimed = await claimWebhooks(sql, AT_ONCE, 2 * TIMEOUT_MS);
    await settleAll(claimed.map((webhook) => deliver(sql, delivery, webhook)));
  } while (claimed.length === AT_ONCE);
}

async function deliver(sql: Queryable, { url, secret, clock }: Delivery, webhook: DueWebhook): Promise<void> {
  try {
    const { statusCode, body } = await request(url(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [SIGNATURE_HEADER]: signBody(secret(), webhook.body, clock.now()),
      },
      body: webhook.body,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    const answer = await body.text();
    if (statusCode !== 200 || !isAcknowledgement(answer))
      throw new Error(`${statusCode} ${answer.slice(0, 200)}`);
    await markDelivered(sql, webhook);
  } catch (error) {
    await markUndelivered(sql, webhook, error instanceof Error ? error.message : String(error));
  }
}

function isAcknowledgement(text: string): boolean {
  try {
    const answer = JSON.parse(text) as unknown;
    return typeof answer === 'object' && answer !== null && 'received' in answer && answer.received === true;
  } catch {
    return false;
  }
}
