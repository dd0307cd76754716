import { createTransport } from 'nodemailer';
import type { EmailChannel } from './channel.js';

/** Where mail is handed in. */
export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** The sender, `Foyer <tickets@example.org>`. */
  readonly from: string;
  /** How long the server may be silent, in milliseconds. */
  readonly silenceMs?: number;
}

/** Connections that are kept; each sends one mail after the other. */
const CONNECTIONS = 5;
/** Servers that look at a mail before they take it (RFC 5321 §4.5.3.2 has minutes) are seen to need some seconds. */
const SILENCE_MS = 30_000;

/** Sends mail by SMTP over a few kept connections. */
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
  return {
    atOnce: CONNECTIONS,
    async send({ attachments, calendar, ...mail }) {
      await transport.sendMail({
        ...mail,
        from,
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
