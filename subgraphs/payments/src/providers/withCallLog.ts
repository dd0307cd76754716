import type { Queryable } from '@foyer/kafka';
import { storableJson, storableText } from '@foyer/platform';
import { logCallEnd, logCallStart } from '../store/logCall.js';
import { ProviderRefused, ProviderUnavailable, type PaymentProvider } from './paymentProvider.js';

/** The calls that go out. */
type Outgoing = Pick<
  PaymentProvider,
  'createPayment' | 'closePayment' | 'queryPayment' | 'refund' | 'queryRefund'
>;

/**
 * A provider whose outgoing calls are logged, and end in time: every fault that is not the provider's own no becomes
 * `ProviderUnavailable`.
 */
export function withCallLog(provider: PaymentProvider, sql: Queryable, timeoutMs: number): Outgoing {
  const logged = async <Answer>(
    operation: keyof Outgoing,
    paymentId: string,
    request: unknown,
    call: () => Promise<Answer>,
  ): Promise<Answer> => {
    const id = await logCallStart(sql, {
      provider: provider.name,
      direction: 'OUT',
      operation,
      paymentId,
      request,
    });
    try {
      const answer = storableJson(await withinTime(call, timeoutMs));
      await logCallEnd(sql, id, 'OK', answer);
      return answer;
    } catch (error) {
      const message = storableText(error instanceof Error ? error.message : String(error));
      const refused = error instanceof ProviderRefused;
      await logCallEnd(sql, id, refused ? 'REFUSED' : 'UNAVAILABLE', { message });
      if (refused || error instanceof ProviderUnavailable) throw error;
      throw new ProviderUnavailable(message, { cause: error });
    }
  };
  return {
    createPayment: (request) =>
      logged('createPayment', request.paymentId, request, () => provider.createPayment(request)),
    closePayment: (key) => logged('closePayment', key.paymentId, key, () => provider.closePayment(key)),
    queryPayment: (key) => logged('queryPayment', key.paymentId, key, () => provider.queryPayment(key)),
    refund: (request) => logged('refund', request.payment.paymentId, request, () => provider.refund(request)),
    queryRefund: (key) => logged('queryRefund', key.payment.paymentId, key, () => provider.queryRefund(key)),
  };
}

/** @throws ProviderUnavailable when the call takes longer. It may still end: the answer is asked for again. */
async function withinTime<Answer>(call: () => Promise<Answer>, timeoutMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ProviderUnavailable(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([call(), late]);
  } finally {
    clearTimeout(timer);
  }
}
