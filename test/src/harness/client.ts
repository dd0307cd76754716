import { GraphQLClient, type Variables } from 'graphql-request';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

/** A mutation's answer, as far as every one goes. */
export interface Refusable {
  readonly __typename: string;
  /** The refusal's code; undefined when it was not refused. */
  readonly code?: string;
  readonly message?: string;
}

/** Asks the endpoint as somebody, over HTTP and WebSocket, with the real clients. */
export interface TestClient {
  /** The operation's data. @throws ClientError of graphql-request when there are errors. */
  request<Data = Record<string, unknown>>(query: string, variables?: object): Promise<Data>;
  /** The value of the operation's one field, aliased `answer`. */
  ask<Answer = Refusable>(query: string, variables?: object): Promise<Answer>;
  /** Begins a subscription and gathers what it gives. */
  watch<Value>(query: string, variables?: object): Watch<Value>;
  /** Closes its WebSocket. */
  close(): Promise<void>;
}

/** What a subscription gave so far. */
export interface Watch<Value> {
  readonly values: readonly Value[];
  readonly errors: readonly unknown[];
  /** The newest value; undefined before the first. */
  readonly latest: Value | undefined;
  /** Whether the server ended it. */
  readonly ended: boolean;
  stop(): void;
}

/** A client of the endpoint. @param token null asks as a guest. */
export function createTestClient(endpoint: string, token: string | null): TestClient {
  const http = new GraphQLClient(endpoint, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
  let socket: Client | null = null;
  const webSocket = (): Client =>
    (socket ??= createClient({
      url: endpoint.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(token !== null && { connectionParams: { authorization: `Bearer ${token}` } }),
    }));
  return {
    request: (query, variables = {}) => http.request(query, variables as Variables),
    async ask<Answer>(query: string, variables: object = {}) {
      return (await http.request<{ answer: Answer }>(query, variables as Variables)).answer;
    },
    watch<Value>(query: string, variables: object = {}): Watch<Value> {
      const values: Value[] = [];
      const errors: unknown[] = [];
      let ended = false;
      const stop = webSocket().subscribe<{ answer: Value }>(
        { query, variables: variables as Record<string, unknown> },
        {
          next: (result) => {
            if (result.errors) errors.push(...result.errors);
            if (result.data) values.push(result.data.answer);
          },
          error: (error) => {
            errors.push(error);
            ended = true;
          },
          complete: () => {
            ended = true;
          },
        },
      );
      return {
        values,
        errors,
        get latest() {
          return values.at(-1);
        },
        get ended() {
          return ended;
        },
        stop,
      };
    },
    async close() {
      await socket?.dispose();
    },
  };
}
