import { join } from 'node:path';
import { PROCESS_NAMES } from '@foyer/platform';
import { DEMO_ACCOUNTS } from '../demo/demoAccounts.js';
import type { Distributed } from './startDistributed.js';

/** What to say of a system that has started as processes of its own. */
export interface DistributedWelcomeOptions {
  readonly system: Distributed;
  /** A line for each engine that was started with it. */
  readonly started: readonly string[];
  /** Whether there is demo data to try. */
  readonly demo: boolean;
  readonly folder: string;
  readonly seconds: number;
}

/** What a person who has just started Foyer as processes wants to know: where to look, what runs, and where it writes. */
export function distributedWelcome(options: DistributedWelcomeOptions): string {
  const { system, started, demo, folder, seconds } = options;
  const of = (wanted: string) => system.processes.filter(({ name }) => name === wanted);
  const processes = PROCESS_NAMES.map((name) => {
    const places = of(name).map(({ url, pid }) => `${url} (${pid ?? 'restarting'})`);
    return `  ${name.padEnd(14)} ${places.join('  ')}`;
  });
  return [
    '',
    `Foyer is up as ${system.processes.length} processes (${seconds.toFixed(1)} s).`,
    '',
    ...system.endpoints.map((endpoint) => `  Endpoint       ${endpoint}`),
    `  Sandbox        ${of('gateway')[0]?.url ?? ''}/            (in the browser)`,
    `  Mail           ${of('notifications')[0]?.url ?? ''}/mail`,
    ...started.map((line) => `  ${line}`),
    '',
    'Processes, each with its id; one that is killed is started again:',
    ...processes,
    '',
    `Logs: ${join(folder, 'logs')}/<name>-<n>.log`,
    ...(demo
      ? ['', `Demo accounts as with npm start, all with the password ${DEMO_ACCOUNTS.customer.password}.`]
      : []),
    '',
    'Ctrl-C ends everything; the data is there next time (npm run start:distributed -- --fresh begins anew).',
  ].join('\n');
}
