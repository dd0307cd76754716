import formBody from '@fastify/formbody';
import { queryable } from '@foyer/kafka';
import { isId, type Routes } from '@foyer/platform';
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { PaymentsDatabase } from '../../../store/database.js';
import { endSession, type SessionEnd } from '../books/endSession.js';
import { findSession } from '../books/findSession.js';
import { missingPage, payPage } from './payPage.js';

/** What the pay page needs. */
export interface PayPageOptions {
  readonly database: PaymentsDatabase;
  /** Shows what a provider's test mode shows: a way to have money arrive late. */
  readonly development: boolean;
  /** Called after a session has ended: there is a webhook to deliver. */
  readonly onChanged: () => void;
}

const CHOICES: ReadonlyMap<unknown, SessionEnd> = new Map([
  ['pay', 'PAID'],
  ['decline', 'DECLINED'],
  ['late', 'PAID_LATE'],
]);

/**
 * SANDBOX's pay page: `GET /pay/:id` shows it; its form posts `choice`, one of `pay`, `decline`, `abandon`, to the same
 * address, which redirects back. In development `late` too, which captures after the page has closed, as a bank transfer
 * may.
 */
export function payPageRoutes({ database, development, onChanged }: PayPageOptions): Routes {
  const sql = queryable(database.pool);
  return async (app) => {
    await app.register(formBody, { bodyLimit: 10_000 });

    app.get<{ Params: { id: string }; Querystring: { left?: string } }>(
      '/pay/:id',
      async ({ params, query }, reply) => {
        const session = isId(params.id) ? await findSession(sql, 'id', params.id) : null;
        if (!session) return await sendPage(reply.status(404), missingPage);
        return await sendPage(reply, (nonce) =>
          payPage(session, { left: query.left !== undefined, development, nonce }),
        );
      },
    );

    app.post<{ Params: { id: string }; Body: { choice?: unknown } | undefined }>(
      '/pay/:id',
      async ({ params: { id }, body }, reply) => {
        if (!isId(id)) return await sendPage(reply.status(404), missingPage);
        const choice = body?.choice;
        // Leaving changes nothing, as closing the tab does not: the page can be paid while it is open.
        if (choice === 'abandon') return await reply.redirect(`/pay/${id}?left=1`, 303);
        const end = CHOICES.get(choice);
        const offered = end !== undefined && (end !== 'PAID_LATE' || development);
        if (!offered)
          return await reply
            .status(400)
            .send({ error: 'Send choice=pay, choice=decline or choice=abandon.' });
        const ended = await database.transaction((_, transaction) => endSession(transaction, id, end));
        if (ended) onChanged();
        return await reply.redirect(`/pay/${id}`, 303);
      },
    );
  };
}

async function sendPage(reply: FastifyReply, render: (nonce: string) => string): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ];
  return await reply
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': policy.join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    })
    .send(render(nonce));
}
