import {
  AvailabilityChanged,
  defineHandler,
  OfferCreated,
  OfferUpdated,
  type EventHandler,
} from '@foyer/kafka';
import { saveAvailability, saveOffer } from '../store/offers.js';

// One name: they write the same rows, so they share one order of versions.
const name = 'queue-offers';

/** Keeps what inventory says is left. @param changed called after the commit. */
export function offerHandlers(changed: () => void): readonly EventHandler<unknown>[] {
  const offers = [OfferCreated, OfferUpdated].map((definition) =>
    defineHandler(definition, {
      name,
      async handle({ data }, { sql }) {
        // Nobody stands in line here for a table: restaurants have lines of their own.
        if (data.kind !== 'TICKET_CLASS') return;
        sql.afterCommit(changed);
        await saveOffer(sql, data);
      },
    }),
  );
  const availability = defineHandler(AvailabilityChanged, {
    name,
    async handle({ data }, { sql }) {
      sql.afterCommit(changed);
      await saveAvailability(sql, data);
    },
  });
  return [...offers, availability];
}
