import { SUBGRAPH_NAMES } from '@foyer/platform';
import { DEMO_ACCOUNTS } from './demo/demoAccounts.js';
import type { System } from './startSystem.js';

/** What to say of a system that has started. */
export interface WelcomeOptions {
  readonly system: System;
  /** Whether there is demo data to try. */
  readonly demo: boolean;
  readonly seconds: number;
}

/** What a person who has just started Foyer wants to know: where to look, and what to try first. */
export function welcome({ system, demo, seconds }: WelcomeOptions): string {
  const { endpoint, addresses } = system;
  const subgraphs = SUBGRAPH_NAMES.map((name) => `  ${name.padEnd(14)} ${addresses[name]}/graphql`);
  const accounts = Object.values(DEMO_ACCOUNTS).map(
    ({ email, purpose }) => `  ${email.padEnd(26)} ${purpose}`,
  );
  return [
    '',
    `Foyer is up (${seconds.toFixed(1)} s).`,
    '',
    `  Endpoint       ${endpoint}`,
    `  Sandbox        ${addresses.gateway}/            (in the browser; without internet: ${addresses.gateway}/graphiql)`,
    `  Pay pages      ${addresses.payments}/pay/…`,
    `  Mail           ${addresses.notifications}/mail`,
    '',
    'Subgraphs, each also on its own:',
    ...subgraphs,
    ...(demo
      ? [
          '',
          `Demo accounts, all with the password ${DEMO_ACCOUNTS.customer.password}:`,
          ...accounts,
          '',
          'Try first: { events { edges { node { id name availability { offers { state available } } } } } }',
          'then the first purchase, and a table for four, in README.md.',
        ]
      : []),
    '',
    'Ctrl-C ends everything; the data is there next time (npm start -- --fresh begins anew).',
  ].join('\n');
}
