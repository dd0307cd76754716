import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createIdentitySigner, createPool, newId, systemClock } from '@foyer/platform';
import { createTestKeyring, spawnProgram, type Program } from '@foyer/platform/testing';
import type { Pool } from 'pg';
import { createApplied } from './counted.js';

/** What stands around processes of `heldProgram`: a gateway's keys. */
export interface HeldWorld {
  /** Starts a process. */
  start(variables: Readonly<Record<string, string>>): Program;
  /** An identity that the gateway has signed. */
  identity(): Promise<string>;
  /** Asks over HTTP, as a guest. */
  ask(url: string, query: string): Promise<Response>;
  /** Kills what still runs. */
  stop(): Promise<void>;
}

/** Publishes keys under which the processes believe the test. */
export async function createHeldWorld(): Promise<HeldWorld> {
  const keyring = createTestKeyring('identity');
  const signer = createIdentitySigner('gateway', keyring, systemClock);
  const issuer: Server = createServer((_request, response) => {
    void keyring.jwks().then((jwks) => response.end(JSON.stringify(jwks)));
  });
  issuer.listen(0, '127.0.0.1');
  await once(issuer, 'listening');
  const started: Program[] = [];
  const identity = (): Promise<string> => signer.sign({ kind: 'guest', address: '' }, 'notifications');
  return {
    identity,
    start(variables) {
      const program = spawnProgram(join(__dirname, 'heldProgram.js'), {
        FOYER_SECRET: 'a secret for tests that has 32 characters',
        GATEWAY_URL: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`,
        NOTIFICATIONS_PORT: '0',
        ...variables,
      });
      started.push(program);
      return program;
    },
    async ask(url, query) {
      return fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'foyer-identity': await identity(),
          'x-request-id': newId(),
        },
        body: JSON.stringify({ query }),
      });
    },
    async stop() {
      await Promise.all(started.map((program) => program.end('SIGKILL')));
      issuer.closeAllConnections();
      issuer.close();
    },
  };
}

/** The tables that `heldProgram` works on, and a pool to look at them. */
export async function prepareHeldTables(url: string): Promise<Pool> {
  const pool = createPool(url, { max: 2, applicationName: 'test' });
  await createApplied(pool);
  await pool.query('create table entered (name text not null); create table gate (open boolean)');
  return pool;
}
