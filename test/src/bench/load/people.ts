import { createClient, type Client } from 'graphql-ws';
import { Agent, request } from 'undici';
import WebSocket from 'ws';

/** Somebody who asks the endpoint over HTTP, and for subscriptions over a WebSocket of their own. */
export interface LoadPerson {
  /** The operation's one field, aliased `answer`. @throws when there are errors. */
  ask<Answer>(query: string, variables: object): Promise<Answer>;
  /** Values of a subscription's one field, until one satisfies. */
  until<Answer>(query: string, variables: object, satisfies: (answer: Answer) => boolean): Promise<Answer>;
}

/** Everybody's connections: kept open, as browsers do. */
const AGENT = new Agent({ connections: 256, pipelining: 1 });

/** Makes a person of a token. */
export function createLoadPerson(endpoint: string, token: string): LoadPerson {
  const authorization = `Bearer ${token}`;
  const headers = { 'content-type': 'application/json', authorization };
  let socket: Client | null = null;
  return {
    async ask<Answer>(query: string, variables: object) {
      const body = JSON.stringify({ query, variables });
      const response = await request(endpoint, { method: 'POST', headers, body, dispatcher: AGENT });
      const { data, errors } = (await response.body.json()) as {
        data?: { answer: Answer };
        errors?: unknown;
      };
      if (errors !== undefined || !data) throw new Error(JSON.stringify(errors));
      return data.answer;
    },
    async until<Answer>(query: string, variables: object, satisfies: (answer: Answer) => boolean) {
      socket ??= createClient({
        url: endpoint.replace(/^http/, 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
      });
      const values = socket.iterate<{ answer: Answer }>({ query, variables: { ...variables } });
      for await (const { data, errors } of values) {
        if (errors) throw new Error(JSON.stringify(errors));
        if (data && satisfies(data.answer)) return data.answer;
      }
      throw new Error('the subscription ended');
    },
  };
}

/** Opens a page, or sends its form. @returns the status. */
export async function visit(url: string, form?: Readonly<Record<string, string>>): Promise<number> {
  const { statusCode, body } = await request(url, {
    dispatcher: AGENT,
    ...(form && {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    }),
  });
  await body.dump();
  return statusCode;
}
