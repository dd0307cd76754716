import { isId } from '@foyer/platform';
import type { FastifyInstance } from 'fastify';
import type { DeliveryStore, KeptMail } from '../store/deliveryStore.js';
import { escapeHtml } from './escapeHtml.js';

/**
 * Development pages with the mail that was made: `/mail` (of one recipient: `?to=`), `/mail/:id`, its calendar file at
 * `/mail/:id/reservation.ics`, and `/mail.json` for programs. Mounted in development only: mails hold codes and tokens.
 */
export function mailPages(store: DeliveryStore): (app: FastifyInstance) => void {
  return (app) => {
    app.get<{ Querystring: { to?: string } }>('/mail', async ({ query }, reply) =>
      reply.type('text/html; charset=utf-8').send(listPage(await store.mails(query.to ?? null))),
    );
    app.get<{ Querystring: { to?: string } }>('/mail.json', async ({ query }) => ({
      mails: (await store.mails(query.to ?? null)).map(({ attachments: _attachments, ...mail }) => mail),
    }));
    app.get<{ Params: { id: string } }>('/mail/:id', async ({ params }, reply) => {
      const mail = isId(params.id) ? await store.mail(params.id) : null;
      if (!mail) return reply.status(404).type('text/plain').send('There is no mail with this id.');
      // The mail's own HTML, with its pictures in place; no script of it runs.
      return reply
        .type('text/html; charset=utf-8')
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
        )
        .send(withPictures(mail));
    });
    app.get<{ Params: { id: string } }>('/mail/:id/reservation.ics', async ({ params }, reply) => {
      const calendar = isId(params.id) ? (await store.mail(params.id))?.calendar : null;
      if (!calendar) return reply.status(404).type('text/plain').send('There is no calendar file here.');
      return reply.type(`text/calendar; charset=utf-8; method=${calendar.method}`).send(calendar.content);
    });
  };
}

function listPage(mails: readonly KeptMail[]): string {
  const rows = mails.map(
    ({ id, to, subject, createdAt, calendar }) =>
      `<tr><td>${createdAt.toISOString().slice(0, 19).replace('T', ' ')}</td><td>${escapeHtml(to)}</td><td><a href="/mail/${id}">${escapeHtml(subject)}</a>${
        calendar ? ` · <a href="/mail/${id}/reservation.ics">calendar file</a>` : ''
      }</td></tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mail</title><style>
body{font:16px/1.5 Georgia,serif;background:#f4f1ec;color:#1d1b19;max-width:960px;margin:40px auto;padding:0 16px}
table{width:100%;border-collapse:collapse;background:#fff}td,th{text-align:left;padding:8px 12px;border-bottom:1px solid #eee}a{color:#8a1c1c}
</style></head><body><h1>Mail</h1><p>No SMTP server is needed to try Foyer: this is what it would have sent, the newest first.</p>
<table><tr><th>When (UTC)</th><th>To</th><th>Subject</th></tr>${rows.join('')}</table></body></html>`;
}

function withPictures({ html, attachments }: KeptMail): string {
  return attachments.reduce(
    (page, { name, contentType, content }) =>
      page.replaceAll(`"cid:${name}"`, `"data:${contentType};base64,${content}"`),
    html,
  );
}
