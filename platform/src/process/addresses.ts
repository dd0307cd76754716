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

/** The variable that says where a process is reached: `ORDERS_URL`. */
export function urlVariable(name: ProcessName): string {
  return `${name.toUpperCase()}_URL`;
}

/**
 * Where other processes reach this one: `<NAME>_URL`, several addresses separated by commas when it runs several times,
 * else its port on the loopback, by HTTPS when `FOYER_TLS_CERT` is set. Without trailing slashes; at least one.
 */
export function urlsOf(environment: Environment, name: ProcessName): readonly string[] {
  const scheme = environment.optional('FOYER_TLS_CERT') === undefined ? 'http' : 'https';
  return environment.urls(urlVariable(name), `${scheme}://127.0.0.1:${portOf(environment, name)}`);
}

/** Where people's browsers reach it: `<NAME>_PUBLIC_URL`, else the first address that other processes use. */
export function publicUrlOf(environment: Environment, name: ProcessName): string {
  return environment.url(`${name.toUpperCase()}_PUBLIC_URL`, urlsOf(environment, name)[0]);
}

/** Every process of the system. */
export const PROCESS_NAMES: readonly ProcessName[] = ['gateway', ...SUBGRAPH_NAMES];
