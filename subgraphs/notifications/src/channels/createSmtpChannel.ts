import { isEmailAddress, wireEmailAddress } from '@foyer/platform';
import { createTransport } from 'nodemailer';
import type { EmailChannel } from './channel.js';

/** From whom mail comes. */
export interface Sender {
  /** Empty: the address stands alone. */
  readonly name: string;
  /** In its normal form. */
  readonly address: string;
}

/** Where mail is handed in. */
export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  readonly from: Sender;
  /** How long the server may be silent, in milliseconds. */
  readonly silenceMs?: number;
}

/** Connections that are kept; each sends one mail after the other. */
const CONNECTIONS = 5;
/** Servers that look at a mail before they take it (RFC 5321 §4.5.3.2 has minutes) are seen to need some seconds. */
const SILENCE_MS = 30_000;

/**
 * Sends mail by SMTP over a few kept connections. Addresses go to the mailer as structures, on the envelope and in the
 * headers: as text it would read `"a:b@c.de"` as a group with the member `b@c.de`.
 */
export function createSmtpChannel({ url, from, silenceMs = SILENCE_MS }: SmtpOptions): EmailChannel {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    dnsTimeout: silenceMs,
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
  });
  const sender = { name: from.name, address: wireEmailAddress(from.address) };
  return {
    atOnce: CONNECTIONS,
    async send({ attachments, calendar, to, ...mail }) {
      if (!isEmailAddress(to)) throw new Error('This is no address that mail can be sent to.');
      const address = wireEmailAddress(to);
      await transport.sendMail({
        ...mail,
        from: sender,
        to: { name: '', address },
        envelope: { from: sender.address, to: [address] },
        attachments: attachments.map(({ name, contentType, content }) => ({
          filename: `${name}.png`,
          cid: name,
          contentType,
          content: Buffer.from(content, 'base64'),
        })),
        // As an alternative, which mail programs offer to enter, and as a file for all others.
        ...(calendar && { icalEvent: { ...calendar, filename: 'reservation.ics' } }),
      });
    },
    async check() {
      await transport.verify();
    },
    close() {
      transport.close();
    },
  };
}
