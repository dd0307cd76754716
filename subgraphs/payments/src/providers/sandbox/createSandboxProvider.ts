import { queryable } from '@foyer/kafka';
import type { Clock } from '@foyer/platform';
import type { PaymentObservation } from '../../domain/observation.js';
import type { PaymentsDatabase } from '../../store/database.js';
import type { PaymentProvider } from '../paymentProvider.js';
import { endSession } from './books/endSession.js';
import { findSession } from './books/findSession.js';
import { openSession } from './books/openSession.js';
import { readRefund, takeRefund } from './books/refunds.js';
import type { SandboxSession } from './books/session.js';
import { readSandboxEvent } from './webhook/readSandboxEvent.js';
import { SIGNATURE_HEADER, verifySignature } from './webhook/signature.js';

/** What the SANDBOX adapter needs. */
export interface SandboxProviderOptions {
  readonly database: PaymentsDatabase;
  readonly clock: Clock;
  /** What webhooks are signed with. */
  readonly secret: () => string;
  /** Address of a session's pay page. */
  readonly payUrl: (sessionId: string) => string;
  /** Milliseconds until a refund is carried out. */
  readonly refundMs: number;
  /** Called after a session was closed: there is a webhook to deliver. */
  readonly onChanged: () => void;
}

/** The SANDBOX provider, as the port wants it. */
export function createSandboxProvider(options: SandboxProviderOptions): PaymentProvider {
  const { database, clock, secret, payUrl, refundMs, onChanged } = options;
  const sql = queryable(database.pool);
  return {
    name: 'SANDBOX',
    capabilities: { currencies: null, shortestExpirySeconds: 0 },
    async createPayment(request) {
      const { id } = await openSession(sql, request);
      return { reference: id, payUrl: payUrl(id) };
    },
    async closePayment({ paymentId }) {
      const session = await findSession(sql, 'reference', paymentId);
      if (!session) return { state: 'UNKNOWN' };
      const closed = await database.transaction((_, transaction) =>
        endSession(transaction, session.id, 'CLOSED'),
      );
      if (closed) onChanged();
      return observationOf((await findSession(sql, 'reference', paymentId)) ?? session);
    },
    async queryPayment({ paymentId }) {
      const session = await findSession(sql, 'reference', paymentId);
      return session ? observationOf(session) : { state: 'UNKNOWN' };
    },
    refund: (request) => database.transaction((_, transaction) => takeRefund(transaction, request, refundMs)),
    queryRefund: ({ refundId }) => readRefund(sql, refundId),
    readWebhook({ headers, rawBody }) {
      verifySignature(secret(), rawBody, headers[SIGNATURE_HEADER], clock.now());
      return readSandboxEvent(rawBody);
    },
    answerWebhook(rejection) {
      const contentType = 'application/json';
      if (rejection === null) return { status: 200, contentType, body: '{"received":true}' };
      const status = rejection.fault === 'MALFORMED' ? 400 : 401;
      return { status, contentType, body: JSON.stringify({ received: false, error: rejection.message }) };
    },
  };
}

function observationOf({ status, amount, currency, late }: SandboxSession): PaymentObservation {
  switch (status) {
    case 'OPEN':
      return { state: late ? 'CLOSED' : 'OPEN' };
    case 'PAID':
      return { state: 'PAID', amount, currency };
    case 'DECLINED':
      return { state: 'DECLINED', reason: 'The payment was declined.' };
    case 'CLOSED':
      return { state: 'CLOSED' };
  }
}
