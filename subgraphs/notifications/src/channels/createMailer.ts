import { createJob, type Component, type Log } from '@foyer/platform';
import { CLAIM_SECONDS, type ClaimedDelivery, type DeliveryStore } from '../store/deliveryStore.js';
import type { EmailChannel } from './channel.js';

/** A third of a claim: two renewals may fail before it runs out. */
const RENEW_MS = (CLAIM_SECONDS * 1000) / 3;

/** Sends what is due. Woken when something was queued; looks once a second regardless. */
export interface Mailer extends Component {
  wake(): void;
}

/** What a mailer works with. */
export interface MailerOptions {
  readonly store: Pick<DeliveryStore, 'claim' | 'renew' | 'settle'>;
  readonly channel: EmailChannel;
  readonly log: Log;
  /** Time between renewals of the claims on mails that are being sent, in milliseconds. */
  readonly renewMs?: number;
}

/**
 * A mailer: several processes may run one, each delivery is taken by one of them. It claims no more than the channel
 * sends at once, keeps its claims for as long as it sends, and a mail that takes long holds up no other.
 */
export function createMailer({ store, channel, log, renewMs = RENEW_MS }: MailerOptions): Mailer {
  const sending = new Map<ClaimedDelivery, Promise<void>>();

  const send = async (delivery: ClaimedDelivery): Promise<void> => {
    try {
      const failure = await channel.send(delivery.mail).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (failure !== null) log.warn({ deliveryId: delivery.id, failure }, 'a mail was not taken');
      await store.settle(delivery, failure);
    } catch (error) {
      // Its claim runs out, and it is tried again under the same Message-ID.
      log.error({ err: error, deliveryId: delivery.id }, 'what became of a mail could not be noted');
    } finally {
      sending.delete(delivery);
    }
  };
  const job = createJob({
    name: 'mailer',
    everyMs: 1000,
    log,
    run: async () => {
      for (;;) {
        const room = channel.atOnce - sending.size;
        const claimed = await store.claim(room);
        for (const delivery of claimed) sending.set(delivery, send(delivery));
        if (claimed.length < room) return;
        await Promise.race(sending.values());
      }
    },
  });
  const renewal = createJob({
    name: 'mailer-claims',
    everyMs: renewMs,
    log,
    run: async () => {
      if (sending.size > 0) await store.renew([...sending.keys()]);
    },
  });
  return {
    ...job,
    async start() {
      await renewal.start();
      await job.start();
    },
    async stop() {
      await job.stop();
      await Promise.all(sending.values());
      await renewal.stop();
      channel.close();
    },
  };
}
