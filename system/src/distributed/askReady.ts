import { request as requestHttp } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';

/** What a process answers at `/health/ready`. */
export interface Readiness {
  readonly ready: boolean;
  /** What it says of its dependencies, or why it could not be asked. */
  readonly detail: string;
}

const TIMEOUT_MS = 5000;

/** Asks a process at its base URL whether it is ready. Never rejects. @param tls whom to believe, for `https:`. */
export function askReady(
  url: string,
  tls: Pick<RequestOptions, 'ca' | 'rejectUnauthorized'> = {},
): Promise<Readiness> {
  return new Promise((resolve) => {
    const request = url.startsWith('https:') ? requestHttps : requestHttp;
    const options: RequestOptions = { ...tls, timeout: TIMEOUT_MS, agent: false };
    const asked = request(`${url}/health/ready`, options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.once('error', (error) => resolve({ ready: false, detail: error.message }));
      response.once('end', () => resolve({ ready: response.statusCode === 200, detail: body }));
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    asked.once('error', (error) => resolve({ ready: false, detail: error.message }));
    asked.end();
  });
}
