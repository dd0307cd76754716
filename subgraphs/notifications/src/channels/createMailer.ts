import type { Component, Log } from '@foyer/platform';
import { createJob } from '@foyer/platform';
import type { DeliveryStore } from '../store/deliveryStore.js';
import type { EmailChannel } from './channel.js';

const BATCH = 20;

/** Sends what is due. Woken when something was queued; looks once a second regardless. */
export interface Mailer extends Component {
  wake(): void;
}

/** A mailer: several processes may run one, each delivery is taken by one of them. */
export function createMailer(store: DeliveryStore, channel: EmailChannel, log: Log): Mailer {
  const job = createJob({
    name: 'mailer',
    everyMs: 1000,
    log,
    run: async () => {
      for (;;) {
        const claimed = await store.claim(BATCH);
        await Promise.all(
          claimed.map(async (delivery) => {
            const failure = await channel.send(delivery.mail).then(
              () => null,
              (error: unknown) => (error instanceof Error ? error.message : String(error)),
            );
            if (failure !== null) log.warn({ deliveryId: delivery.id, failure }, 'a mail was not taken');
            await store.settle(delivery, failure);
          }),
        );
        if (claimed.length < BATCH) return;
      }
    },
  });
  return {
    ...job,
    async stop() {
      await job.stop();
      channel.close();
    },
  };
}
