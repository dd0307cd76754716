import { WebhookRejected, type ReadWebhook, type WebhookNotice } from '../../paymentProvider.js';

/** Reads the body of an authentic webhook. @throws WebhookRejected MALFORMED when it makes no sense. */
export function readSandboxEvent(rawBody: Buffer): ReadWebhook {
  const content = parse(rawBody);
  return { content, notice: noticeOf(content) };
}

type Fields = Readonly<Record<string, unknown>>;

function parse(rawBody: Buffer): Fields {
  try {
    const value = JSON.parse(rawBody.toString('utf8')) as unknown;
    if (isObject(value)) return value;
  } catch {
    // As for everything else that is no object.
  }
  throw malformed('the body is no JSON object');
}

function noticeOf({ type, data }: Fields): WebhookNotice {
  if (!isObject(data) || typeof data['reference'] !== 'string') throw malformed('data.reference is missing');
  const { reference } = data;
  switch (type) {
    case 'payment.paid':
      return { about: 'PAYMENT', paymentId: reference, observation: { state: 'PAID', ...moneyOf(data) } };
    case 'payment.declined': {
      const reason = typeof data['reason'] === 'string' ? data['reason'] : 'The payment was declined.';
      return { about: 'PAYMENT', paymentId: reference, observation: { state: 'DECLINED', reason } };
    }
    case 'payment.closed':
      return { about: 'PAYMENT', paymentId: reference, observation: { state: 'CLOSED' } };
    case 'refund.succeeded': {
      const refund = typeof data['refund'] === 'string' ? data['refund'] : reference;
      const observation = { state: 'SUCCEEDED', reference: refund, ...moneyOf(data) } as const;
      return { about: 'REFUND', refundId: reference, observation };
    }
    default:
      return { about: 'NOTHING' };
  }
}

function moneyOf({ amount, currency }: Fields): { readonly amount: bigint; readonly currency: string } {
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || typeof currency !== 'string') {
    throw malformed('data.amount or data.currency is missing');
  }
  return { amount: BigInt(amount), currency };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): WebhookRejected {
  return new WebhookRejected('MALFORMED', message);
}
