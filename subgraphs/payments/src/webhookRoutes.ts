import type { Routes } from '@foyer/platform';
import { receiveWebhook } from './operations/receiveWebhook.js';
import type { RejectionCounter } from './operations/createRejectionCounter.js';
import type { Workbench } from './operations/workbench.js';

const BODY_LIMIT = 100_000;

/** `POST /webhooks/<provider>`: the body is kept as the bytes that came, for they are what was signed. */
export function webhookRoutes(bench: Workbench, rejections: RejectionCounter): Routes {
  const providers = new Map(
    [...bench.providers.values()].map((provider) => [provider.name.toLowerCase(), provider]),
  );
  return async (app) => {
    await app.register((scope, _, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        '*',
        { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
        (_request, body, ready) => {
          ready(null, body);
        },
      );
      scope.post<{ Params: { provider: string } }>(
        '/webhooks/:provider',
        async ({ params, headers, body }, reply) => {
          const provider = providers.get(params.provider);
          if (!provider) return await reply.status(404).send({ error: 'There is no such provider here.' });
          const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
          try {
            const answer = await receiveWebhook(bench, rejections, provider, { headers, rawBody });
            return await reply.status(answer.status).type(answer.contentType).send(answer.body);
          } catch (error) {
            bench.log.error(
              { err: error, provider: provider.name },
              'a webhook could not be applied; it will come again',
            );
            return await reply.status(503).send({ error: 'Send it again.' });
          }
        },
      );
      done();
    });
  };
}
