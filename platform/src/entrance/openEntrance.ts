import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HealthReport } from '../health/health.js';
import type { ServerTls } from '../tls/serverTls.js';
import type { Application } from './application.js';
import { certificateRefusal } from './certificateRefusal.js';
import { closeConnections } from './closeConnections.js';
import { answerUnserved, pathOf } from './answerUnserved.js';
import { DEFAULT_REQUEST_TIMEOUT_MS } from './requestTimeout.js';

/** Where a process listens. */
export interface EntranceOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** HTTPS with these; null for HTTP. */
  readonly tls?: ServerTls | null;
  /** Time for a request to come in whole, in milliseconds; one that drips is answered with 408 and cut off. */
  readonly requestMs?: number;
  /** Time for anything to come or go on a connection with a request in hand, in milliseconds, before it is cut off. */
  readonly stalledMs?: number;
  /** What `/health/ready` says, with status 503, before an application is there. */
  readonly health?: () => HealthReport;
}

/** The port of a process: open from its first moment, whether or not there is somebody to answer. */
export interface Entrance {
  /** `http://127.0.0.1:4001` */
  readonly url: string;
  readonly server: Server;
  /** From now on requests go to this application. */
  serve(application: Application): void;
  /**
   * Closes the port without dropping a request: is not ready any more, ends WebSockets with 1001, answers everything
   * with `connection: close`, waits for what is in hand, and cuts off clients that neither ask nor take an answer.
   * @param lingerMs for so long requests are still taken while connections are open: clients learn in that time that they
   * must go elsewhere. 0 closes at once what is idle.
   */
  close(lingerMs?: number): Promise<void>;
}

/** An answer that nobody takes is kept for so long, in milliseconds; longer than any answer is waited for. */
const DEFAULT_STALLED_MS = 120_000;

/** As long as Fastify keeps a connection without requests, in milliseconds. */
const KEEP_ALIVE_MS = 72_000;

/**
 * Opens a port. Until there is an application it answers `/health/live` with 200 and everything else with 503 and the
 * code `NOT_READY`: that was not done, so it may be asked of another instance.
 * @throws when the port can't be had.
 */
export async function openEntrance(options: EntranceOptions): Promise<Entrance> {
  const { host, port, tls = null, health = () => ({ ready: false, dependencies: {} }) } = options;
  const { requestMs = DEFAULT_REQUEST_TIMEOUT_MS, stalledMs = DEFAULT_STALLED_MS } = options;
  const inHand = new Set<ServerResponse>();
  let application: Application | null = null;
  let closing: Promise<void> | null = null;

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    inHand.add(response);
    response.once('close', () => inHand.delete(response));
    if (closing) response.setHeader('connection', 'close');
    const refusal = certificateRefusal(request, tls);
    if (refusal !== null) {
      response.writeHead(403, { 'content-type': 'application/json' }).end(refusal);
    } else if (closing && pathOf(request) === '/health/ready') {
      answerUnserved(request, response, { ready: false, dependencies: { process: 'is being stopped' } });
    } else if (application) application.request(request, response);
    else answerUnserved(request, response, health());
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refused = certificateRefusal(request, tls) !== null;
    if (application && closing === null && !refused) {
      application.upgrade(request, socket, head);
      return;
    }
    socket.on('error', () => undefined);
    const status = refused ? '403 Forbidden' : '503 Service Unavailable';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };
  const timing = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: requestMs,
    headersTimeout: requestMs,
    // Node looks every half a minute else, whatever the time-outs are.
    connectionsCheckingInterval: Math.min(1000, requestMs),
  };
  const server =
    tls === null ? createServer(timing, onRequest) : createTlsServer({ ...tls, ...timing }, onRequest);
  server.timeout = stalledMs;
  server.on('upgrade', onUpgrade);
  server.listen(port, host);
  await once(server, 'listening');
  const scheme = tls === null ? 'http' : 'https';

  return {
    url: `${scheme}://${host}:${(server.address() as AddressInfo).port}`,
    server,
    serve(present) {
      application = present;
    },
    close(lingerMs = 0) {
      closing ??= (async () => {
        for (const response of inHand) if (!response.headersSent) response.setHeader('connection', 'close');
        await application?.goAway();
        await closeConnections(server, lingerMs, () =>
          [...inHand].some(({ req, writableEnded }) => req.complete && !writableEnded),
        );
      })();
      return closing;
    },
  };
}
