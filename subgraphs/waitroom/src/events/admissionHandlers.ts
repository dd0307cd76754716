import {
  AdmissionReturned,
  AdmissionSpent,
  CheckoutCompleted,
  CheckoutExpired,
  CheckoutFailed,
  defineHandler,
  type EventHandler,
} from '@foyer/kafka';
import { applyAdmissionEvent } from '../store/applyAdmissionEvent.js';

// One name: what happens to an admission has one order.
const name = 'admissions';

/** Follows what becomes of admissions and of the checkouts that began with them. @param changed called after the commit. */
export function admissionHandlers(changed: () => void): readonly EventHandler<unknown>[] {
  return [
    defineHandler(AdmissionSpent, {
      name,
      async handle({ data: { eventId, admissionId, orderId } }, { sql }) {
        sql.afterCommit(changed);
        const news = orderId === null ? ({ kind: 'CLOSED' } as const) : ({ kind: 'SPENT', orderId } as const);
        await applyAdmissionEvent(sql, eventId, admissionId, news);
      },
    }),
    defineHandler(AdmissionReturned, {
      name,
      async handle({ data: { eventId, admissionId } }, { sql }) {
        sql.afterCommit(changed);
        await applyAdmissionEvent(sql, eventId, admissionId, { kind: 'RETURNED' });
      },
    }),
    defineHandler(CheckoutCompleted, {
      name,
      async handle({ data: { eventId, admissionId } }, { sql }) {
        sql.afterCommit(changed);
        await applyAdmissionEvent(sql, eventId, admissionId, { kind: 'COMPLETED' });
      },
    }),
    ...[CheckoutFailed, CheckoutExpired].map((definition) =>
      defineHandler(definition, {
        name,
        async handle({ data: { eventId, admissionId } }, { sql }) {
          sql.afterCommit(changed);
          await applyAdmissionEvent(sql, eventId, admissionId, { kind: 'FAILED' });
        },
      }),
    ),
  ];
}
