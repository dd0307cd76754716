import { defineHandler, EventCancelled, type EventHandler } from '@foyer/kafka';

/**
 * Notes that an event is cancelled; a job closes its orders one by one. One that is recorded at this very moment, by a
 * process that has not heard yet, is found by the job's next run.
 */
export function onEventCancelled(wake: () => void): EventHandler {
  return defineHandler(EventCancelled, {
    name: 'cancel-orders-of-event',
    async handle({ data: { eventId } }, { sql }) {
      await sql.query(
        `insert into event_cancellation (event_id, at) values ($1, foyer_now()) on conflict do nothing`,
        [eventId],
      );
      sql.afterCommit(wake);
    },
  });
}
