import { setTimeout as delay } from 'node:timers/promises';
import { ClientError, GraphQLClient, type Variables } from 'graphql-request';
import type { OperationName } from '../faults.js';
import { OPERATIONS } from '../../harness/operations.js';
import type { Flights } from './flights.js';
import { followUntilStopped } from './followUntilStopped.js';

/**
 * A client as a good one is: what got no answer is asked for again by the other gateway, a log-in that ran out is
 * renewed, a subscription that broke is taken up again.
 */
export interface GoodClient {
  /** The value of the operation's one field, aliased `answer`. @throws NoAnswer when none comes in the end. */
  ask<Answer>(name: OperationName, query: string, variables?: object): Promise<Answer>;
  /** Asks a page for something until it answers. @throws NoAnswer */
  visit(name: OperationName, url: string, form?: Readonly<Record<string, string>>): Promise<string>;
  /** Follows a subscription's one field, until told to stop. @param onValue is given what the field is. */
  follow(query: string, variables: object, onValue: (value: never) => void): () => void;
}

/** How somebody asks. */
export interface GoodClientOptions {
  /** Of every gateway. */
  readonly endpoints: readonly string[];
  readonly credentials: { readonly email: string; readonly password: string };
  /** Which gateway is asked first. */
  readonly turn: number;
  readonly flights: Flights;
  readonly patience: Patience;
}

/** Until when people go on asking, by `Date.now()`. */
export interface Patience {
  until: number;
}

/** Nobody has answered in all the time that somebody was willing to wait. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const ATTEMPT_MS = 15_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1500;
/** What is wrong with the question: asking again will not help. */
const MISTAKES = /GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|BAD_USER_INPUT|FORBIDDEN|PERSISTED_QUERY/;

/** Makes a client; it logs in when it first needs to. */
export function createGoodClient(options: GoodClientOptions): GoodClient {
  const { endpoints, credentials, flights, patience } = options;
  let { turn } = options;
  let loggedIn: Promise<string> | null = null;

  const nextEndpoint = (): string => endpoints[(turn += 1) % endpoints.length] as string;

  async function insist<Answer>(name: OperationName, attempt: () => Promise<Answer>): Promise<Answer> {
    const landed = flights.begin(name);
    try {
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        try {
          return await attempt();
        } catch (error) {
          const text = String(error instanceof Error ? error.message : error);
          if (error instanceof ClientError && MISTAKES.test(text)) throw error;
          if (text.includes('UNAUTHENTICATED')) loggedIn = null;
          if (Date.now() > patience.until) {
            throw new NoAnswer(`${name} got no answer; the last attempt: ${text.slice(0, 500)}`, {
              cause: error,
            });
          }
          await delay(pause);
        }
      }
    } finally {
      landed();
    }
  }

  async function request<Answer>(query: string, variables: object, token: string | null): Promise<Answer> {
    const client = new GraphQLClient(nextEndpoint());
    const { answer } = await client.request<{ answer: Answer }>({
      document: query,
      variables: variables as Variables,
      requestHeaders: token === null ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(ATTEMPT_MS),
    });
    return answer;
  }

  const token = (): Promise<string> =>
    (loggedIn ??= logIn().catch((error: unknown) => {
      loggedIn = null;
      throw error;
    }));

  async function logIn(): Promise<string> {
    const { tokens } = await request<{ tokens?: { accessToken: string } }>(
      OPERATIONS.login,
      credentials,
      null,
    );
    if (!tokens) throw new Error('the log-in was refused');
    return tokens.accessToken;
  }

  return {
    ask: <Answer>(name: OperationName, query: string, variables: object = {}) =>
      insist(name, async () => request<Answer>(query, variables, await token())),
    visit: (name, url, form) =>
      insist(name, async () => {
        const response = await fetch(url, {
          ...(form && { method: 'POST', body: new URLSearchParams(form) }),
          signal: AbortSignal.timeout(ATTEMPT_MS),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`the page answers ${response.status}`);
        return text;
      }),
    follow: (query, variables, onValue) =>
      followUntilStopped({
        nextEndpoint,
        token,
        forgetToken() {
          loggedIn = null;
        },
        query,
        variables,
        onValue,
      }),
  };
}
