import { queryable } from '@foyer/kafka';
import { isId, storableJson } from '@foyer/platform';
import {
  WebhookRejected,
  type IncomingWebhook,
  type PaymentProvider,
  type WebhookAnswer,
  type WebhookNotice,
} from '../providers/paymentProvider.js';
import { applyObservation } from '../store/applyObservation.js';
import { applyRefund } from '../store/applyRefund.js';
import { findRefund } from '../store/findRefund.js';
import { logCallEnd, logCallStart, type CallOutcome } from '../store/logCall.js';
import { recordIncident } from '../store/recordIncident.js';
import type { RejectionCounter } from './createRejectionCounter.js';
import type { Workbench } from './workbench.js';

/**
 * Takes a webhook: verified over its raw body, logged, applied, answered in the provider's own format. What is not
 * authentic changes nothing and is counted. What is authentic and can't be true is recorded for a person and
 * acknowledged, for sending it again would not make it truer.
 *
 * Rejects when it could not be applied, so that the provider sends it again.
 */
export async function receiveWebhook(
  bench: Workbench,
  rejections: RejectionCounter,
  provider: PaymentProvider,
  incoming: IncomingWebhook,
): Promise<WebhookAnswer> {
  let read;
  try {
    // Authentic or not, it is somebody else's text: what a database can't keep would be sent again for ever.
    read = storableJson(await provider.readWebhook(incoming));
  } catch (error) {
    if (!(error instanceof WebhookRejected)) throw error;
    rejections.note(provider.name, error.fault);
    return provider.answerWebhook(error);
  }
  const { content, notice } = read;
  const sql = queryable(bench.database.pool);
  const id = await logCallStart(sql, {
    provider: provider.name,
    direction: 'IN',
    operation: 'webhook',
    paymentId: await paymentIdOf(bench, notice),
    request: content,
  });
  const outcome = await apply(bench, provider.name, notice, content);
  const answer = provider.answerWebhook(null);
  await logCallEnd(sql, id, outcome, answer);
  return answer;
}

async function apply(
  { database, outbox }: Workbench,
  provider: string,
  notice: WebhookNotice,
  details: unknown,
): Promise<CallOutcome> {
  const sql = queryable(database.pool);
  const unknown = async (
    kind: 'UNKNOWN_PAYMENT' | 'UNKNOWN_REFUND',
    reference: string,
  ): Promise<CallOutcome> => {
    await recordIncident(sql, { provider, kind, reference, paymentId: null, details });
    return 'UNKNOWN_PAYMENT';
  };
  if (notice.about === 'PAYMENT') {
    const { paymentId, observation } = notice;
    const heard = { observation, provider, askedAt: null };
    const applied = isId(paymentId) ? await applyObservation(database, outbox, paymentId, heard) : null;
    if (!applied) return await unknown('UNKNOWN_PAYMENT', paymentId);
    return applied.decision.kind === 'INCIDENT' ? 'INCIDENT' : 'OK';
  }
  if (notice.about === 'REFUND') {
    const { refundId, observation } = notice;
    const decision = isId(refundId)
      ? await applyRefund(database, outbox, refundId, { observation, provider })
      : null;
    if (!decision) return await unknown('UNKNOWN_REFUND', refundId);
    return decision.kind === 'INCIDENT' ? 'INCIDENT' : 'OK';
  }
  return 'OK';
}

async function paymentIdOf({ database }: Workbench, notice: WebhookNotice): Promise<string | null> {
  if (notice.about === 'PAYMENT') return isId(notice.paymentId) ? notice.paymentId : null;
  if (notice.about === 'NOTHING' || !isId(notice.refundId)) return null;
  return (await findRefund(queryable(database.pool), notice.refundId))?.refund.paymentId ?? null;
}
