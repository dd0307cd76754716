import {
  AdmissionSpent,
  defineHandler,
  QueueExpired,
  QueueLeft,
  type EventHandler,
  type Outbox,
} from '@foyer/kafka';

// Spent by an order: that order's end frees the place. Else it is closed here, which frees it.
const CLOSE = `
  insert into admission as a (admission_id, event_id, user_id, state, given_up) values ($1, $2, $3, 'CLOSED', true)
  on conflict (admission_id) do update
    set state = case when a.state = 'RETURNED' then 'CLOSED' else a.state end, given_up = true
    where not a.given_up
  returning state`;

/**
 * Somebody left the line, or let the turn pass: an admission that no order has is spent by none, and the waiting room
 * frees the place when it hears so.
 */
export function onAdmissionGivenUp(outbox: Outbox): readonly EventHandler[] {
  return [QueueLeft, QueueExpired].map((definition) =>
    defineHandler(definition, {
      order: 'any',
      async handle({ data: { admissionId, eventId, userId } }, { sql }) {
        if (admissionId === null) return;
        const [row] = await sql.query<{ state: string }>(CLOSE, [admissionId, eventId, userId]);
        if (row?.state !== 'CLOSED') return;
        const data = { admissionId, eventId, userId, orderId: null };
        await outbox.append(sql, AdmissionSpent, { aggregateId: admissionId, data });
      },
    }),
  );
}
