import { createHash, timingSafeEqual } from 'node:crypto';
import type { Queryable } from '@foyer/kafka';
import type { Sealer } from '@foyer/platform';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { stopWordsIn } from '../domain/stopWords.js';
import { stopMail } from '../store/recipients.js';
import { escapeHtml } from './escapeHtml.js';

/** Where mail to an address is stopped, without an account. */
const PATH = '/stop-mail';
const PURPOSE = 'stop-mail';

/** Makes the link with which an address's mail is stopped: only who has had a mail there knows it. */
export function createStopLink(
  sealer: Sealer,
  publicUrl: string,
): (address: string, language: string) => string {
  return (address, language) =>
    `${publicUrl}${PATH}?${new URLSearchParams({ address, language, proof: sealer.derive(PURPOSE, address) }).toString()}`;
}

interface StopQuery {
  readonly Querystring: { readonly address?: unknown; readonly language?: unknown; readonly proof?: unknown };
}

/**
 * The page behind that link. Opening it does nothing, because mail programs open links to look at them: its button stops
 * the mail.
 */
export function stopPages(sql: Queryable, sealer: Sealer): (app: FastifyInstance) => void {
  const proven = (address: unknown, proof: unknown): string | null => {
    if (typeof address !== 'string' || typeof proof !== 'string') return null;
    return isSame(proof, sealer.derive(PURPOSE, address)) ? address : null;
  };
  return (app) => {
    // The button sends an empty form.
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { bodyLimit: 1000, parseAs: 'string' },
      (_request, _body, done) => {
        done(null, null);
      },
    );
    app.get<StopQuery>(PATH, (request, reply) => {
      const { address, language, proof } = request.query;
      const words = stopWordsIn(String(language));
      const known = proven(address, proof);
      if (known === null) return sendPage(reply, 404, words.title, '<p>404</p>');
      const button = `<form method="post"><button>${escapeHtml(words.button)}</button></form>`;
      return sendPage(reply, 200, words.title, `<p>${escapeHtml(words.ask(known))}</p>${button}`);
    });
    app.post<StopQuery>(PATH, async (request, reply) => {
      const { address, language, proof } = request.query;
      const words = stopWordsIn(String(language));
      const known = proven(address, proof);
      if (known === null) return sendPage(reply, 404, words.title, '<p>404</p>');
      await stopMail(sql, known);
      return sendPage(reply, 200, words.title, `<p>${escapeHtml(words.done(known))}</p>`);
    });
  };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a as Buffer, b as Buffer);
}

function sendPage(reply: FastifyReply, status: number, title: string, content: string): FastifyReply {
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    })
    .send(
      `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>
body{font:16px/1.5 Georgia,serif;background:#f4f1ec;color:#1d1b19;max-width:560px;margin:40px auto;padding:0 16px}
button{font:inherit;padding:12px 20px;border:0;border-radius:6px;background:#8a1c1c;color:#fff}
</style></head><body><h1>${escapeHtml(title)}</h1>${content}</body></html>`,
    );
}
