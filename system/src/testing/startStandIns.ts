import { join } from 'node:path';
import { portVariable, PROCESS_NAMES, type Log } from '@foyer/platform';
import {
  startDistributed,
  type Distributed,
  type DistributedOptions,
} from '../distributed/startDistributed.js';

/** Starts a gateway, users, and two of orders, all of them stand-ins. @param behaviour see standIn.ts. */
export function startStandIns(
  folder: string,
  log: Log,
  behaviour = '',
  options: Partial<DistributedOptions> = {},
): Promise<Distributed> {
  const none = Object.fromEntries(PROCESS_NAMES.map((name) => [name, 0]));
  return startDistributed({
    folder,
    log,
    variables: {
      STAND_IN: behaviour,
      FOYER_DRAIN_SECONDS: '0',
      ...Object.fromEntries(PROCESS_NAMES.map((name) => [portVariable(name), '0'])),
    },
    instances: { ...none, gateway: 1, users: 1, orders: 2 },
    entry: () => join(__dirname, 'standIn.js'),
    ...options,
    variablesOf: (planned) => ({ STAND_IN_PORT: String(planned.port), ...options.variablesOf?.(planned) }),
  });
}
