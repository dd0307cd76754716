import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HealthReport } from '../health/health.js';
import { NOT_READY } from '../transport/subgraphTransport.js';

/** How a process answers that can't serve: it lives, it is not ready and says why, and everything else is refused. */
export function answerUnserved(
  request: IncomingMessage,
  response: ServerResponse,
  report: HealthReport,
): void {
  const path = pathOf(request);
  const [status, body] =
    path === '/health/live'
      ? [200, { live: true }]
      : path === '/health/ready'
        ? [503, report]
        : [503, { errors: [{ message: MESSAGE, extensions: { code: NOT_READY } }] }];
  response
    .writeHead(status, { 'content-type': 'application/json', ...(status === 503 && { 'retry-after': '1' }) })
    .end(JSON.stringify(body));
}

const MESSAGE =
  'This process can’t answer yet: it waits for what it needs. Nothing was done; try again soon.';

/** The path of a request without its query. */
export function pathOf({ url }: IncomingMessage): string {
  return (url ?? '').split('?')[0]?.replace(/(?<=.)\/$/, '') ?? '';
}
