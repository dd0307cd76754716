import {
  defineHandler,
  EventCancelled,
  EventCreated,
  EventPublished,
  EventUpdated,
  type EventHandler,
} from '@foyer/kafka';
import { saveQueueSettings } from '../store/saveQueueSettings.js';

/** Keeps the settings of queues as catalog has them. @param changed called after the commit. */
export function catalogHandlers(changed: () => void): readonly EventHandler<unknown>[] {
  return [EventCreated, EventUpdated, EventPublished, EventCancelled].map((definition) =>
    defineHandler(definition, {
      name: 'queue-settings',
      async handle({ data }, { sql }) {
        sql.afterCommit(changed);
        await saveQueueSettings(sql, data);
      },
    }),
  );
}
