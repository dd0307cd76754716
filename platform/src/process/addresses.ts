import type { Environment } from '../config/environment.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../identity/identity.js';

/** A process of the system that listens. */
export type ProcessName = SubgraphName | 'gateway';

/** The port of a process unless `<NAME>_PORT` says otherwise. */
export const DEFAULT_PORTS: Readonly<Record<ProcessName, number>> = {
  gateway: 4000,
  users: 4001,
  catalog: 4002,
  inventory: 4003,
  orders: 4004,
  payments: 4005,
  notifications: 4006,
  waitroom: 4007,
};

/** The variable that changes a process's port: `ORDERS_PORT`. */
export function portVariable(name: ProcessName): string {
  return `${name.toUpperCase()}_PORT`;
}

/** The port that a process listens on. */
export function portOf(environment: Environment, name: ProcessName): number {
  return environment.integer(portVariable(name), DEFAULT_PORTS[name], { maximum: 65_535 });
}

/** The interface that processes listen on: `FOYER_HOST`, else the loopback. */
export function hostOf(environment: Environment): string {
  return environment.text('FOYER_HOST', '127.0.0.1');
}

/** Where other processes reach this one: `<NAME>_URL`, else its port on the loopback. Without a trailing slash. */
export function urlOf(environment: Environment, name: ProcessName): string {
  return environment.url(`${name.toUpperCase()}_URL`, `http://127.0.0.1:${portOf(environment, name)}`);
}

/** Where people's browsers reach it: `<NAME>_PUBLIC_URL`, else as other processes do. */
export function publicUrlOf(environment: Environment, name: ProcessName): string {
  return environment.url(`${name.toUpperCase()}_PUBLIC_URL`, urlOf(environment, name));
}

/** Every process of the system. */
export const PROCESS_NAMES: readonly ProcessName[] = ['gateway', ...SUBGRAPH_NAMES];
