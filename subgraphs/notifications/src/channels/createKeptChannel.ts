import type { EmailChannel } from './channel.js';

/**
 * Takes mail where no SMTP server is configured. It goes nowhere: the delivery keeps it, and the development page shows it.
 */
export function createKeptChannel(): EmailChannel {
  return {
    atOnce: 20,
    send: () => Promise.resolve(),
    check: () => Promise.resolve(),
    close: () => undefined,
  };
}
