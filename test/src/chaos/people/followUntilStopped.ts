import { setTimeout as delay } from 'node:timers/promises';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

/** What is followed, and by whom. */
export interface FollowOptions {
  /** The endpoint to be asked next, as for HTTP. */
  readonly nextEndpoint: () => string;
  readonly token: () => Promise<string>;
  /** The token is not taken any more. */
  readonly forgetToken: () => void;
  /** Has one field, aliased `answer`. */
  readonly query: string;
  readonly variables: object;
  readonly onValue: (value: never) => void;
}

const PAUSE_MS = 200;
/** A server that says nothing for longer than this is taken for gone. */
const HEARTBEAT_MS = 3000;

/** Follows a subscription; one that breaks or ends is begun anew, at the other gateway. @returns ends it. */
export function followUntilStopped(options: FollowOptions): () => void {
  let stopped = false;
  let present: Client | null = null;

  const goOn = async (): Promise<void> => {
    while (!stopped) {
      try {
        present = connect(options.nextEndpoint(), await options.token());
        const values = present.iterate<{ answer: never }>({
          query: options.query,
          variables: options.variables as Record<string, unknown>,
        });
        for await (const { data, errors } of values) {
          if (stopped) break;
          if (JSON.stringify(errors ?? '').includes('UNAUTHENTICATED')) options.forgetToken();
          if (data && !errors) options.onValue(data.answer);
        }
      } catch (error) {
        if (/UNAUTHENTICATED|44\d\d/.test(describe(error))) options.forgetToken();
      } finally {
        present?.terminate();
        present = null;
      }
      if (!stopped) await delay(PAUSE_MS);
    }
  };
  void goOn();
  return () => {
    stopped = true;
    // Its iterator ends by an error, which `goOn` takes.
    present?.terminate();
  };
}

/** One that is ended before it was connected says so by an error, when graphql-ws has stopped listening. */
class CalmWebSocket extends WebSocket {
  constructor(address: string, protocols?: string | string[]) {
    super(address, protocols);
    this.on('error', () => undefined);
  }
}

function connect(endpoint: string, token: string): Client {
  let unanswered: NodeJS.Timeout | undefined;
  const client: Client = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    webSocketImpl: CalmWebSocket,
    retryAttempts: 0,
    lazyCloseTimeout: 0,
    keepAlive: HEARTBEAT_MS,
    connectionParams: { authorization: `Bearer ${token}` },
    on: {
      ping(received) {
        if (!received) unanswered = setTimeout(() => client.terminate(), HEARTBEAT_MS);
      },
      pong(received) {
        if (received) clearTimeout(unanswered);
      },
      closed() {
        clearTimeout(unanswered);
      },
    },
  });
  return client;
}

/** A closed socket is told as its event, whose code and reason JSON does not show. */
function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { code, reason } = (error ?? {}) as { readonly code?: number; readonly reason?: string };
  return code === undefined ? JSON.stringify(error) : `${code} ${reason ?? ''}`;
}
