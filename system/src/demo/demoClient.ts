import { ClientError, GraphQLClient } from 'graphql-request';

/** Asks the endpoint as somebody. */
export interface DemoClient {
  /**
   * Runs an operation whose one field `answer` is the result.
   * @throws DemoRefused with the words of the refusal or error.
   */
  ask<Answer>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** As `ask`, until it is not refused any more: what another subgraph has to hear of first takes a moment. */
  askUntilTaken<Answer>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** A refusal, or an error, where the demo data expected none. */
export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

const PATIENCE_MS = 20_000;

/** A client of the endpoint. @param token the access token; null asks as a guest. */
export function createDemoClient(endpoint: string, token: string | null): DemoClient {
  const client = new GraphQLClient(endpoint, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
  const ask = async <Answer>(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer> => {
    type Refusable = Answer & { code?: string; message?: string };
    const { answer } = await client
      .request<{ answer: Refusable }>(query, variables)
      .catch((error: unknown) => {
        if (error instanceof ClientError)
          throw new DemoRefused(error.response.errors?.[0]?.message ?? error.message);
        throw error;
      });
    if (answer !== null && typeof answer === 'object' && typeof answer.code === 'string' && answer.message) {
      throw new DemoRefused(`${answer.code}: ${answer.message}`);
    }
    return answer;
  };
  return {
    ask,
    async askUntilTaken(query, variables) {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        try {
          return await ask(query, variables);
        } catch (error) {
          if (!(error instanceof DemoRefused) || performance.now() > deadline) throw error;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    },
  };
}

/** Logs in. @returns a client that asks as this person. */
export async function logIn(endpoint: string, email: string, password: string): Promise<DemoClient> {
  const { tokens } = await createDemoClient(endpoint, null).ask<{ tokens: { accessToken: string } }>(
    `mutation ($email: String!, $password: String!) {
      answer: login(input: { email: $email, password: $password, deviceName: "Demo data" }) {
        ... on LoginPayload { tokens { accessToken } } ... on Refusal { code message }
      }
    }`,
    { email, password },
  );
  return createDemoClient(endpoint, tokens.accessToken);
}
