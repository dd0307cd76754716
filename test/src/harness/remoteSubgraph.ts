import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { waitUntil } from '@foyer/platform/testing';
import { portVariable, type SubgraphName } from '@foyer/platform';
import type { SubgraphFactory } from '@foyer/system';
import { freePorts } from './freePorts.js';
import { subgraphAt } from './subgraphAt.js';

/** A subgraph that runs in operating-system processes of its own. */
export interface RemoteSubgraph {
  /** Takes its place in the system; see `SystemOptions.factories`. Calls go to the processes in turn. */
  readonly factory: SubgraphFactory;
  /** Where its processes answer. */
  readonly urls: readonly string[];
  /** Ends every process with SIGKILL. */
  kill(): Promise<void>;
  /**
   * Starts them (again), and waits until they answer.
   * @param entry the file to run; the subgraph's own `main.js` unless a test replaces a module of it.
   */
  start(entry?: string): Promise<void>;
}

/** How it runs. */
export interface RemoteOptions {
  readonly name: SubgraphName;
  readonly variables: Readonly<Record<string, string>>;
  /** How many processes. */
  readonly processes: number;
}

const ROOT = resolve(__dirname, '../../..');

/** Prepares a subgraph in processes of its own; nothing runs before `start`. */
export async function createRemoteSubgraph(options: RemoteOptions): Promise<RemoteSubgraph> {
  const { name, variables, processes } = options;
  const main = resolve(ROOT, 'subgraphs', name, 'dist/main.js');
  const log = process.env['TEST_LOG'];
  const ports = await freePorts(processes);
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  let running: ChildProcess[] = [];

  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    const ended = running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    running = [];
    await Promise.all(
      ended.map(async (child) => {
        const exit = once(child, 'exit');
        child.kill(signal);
        await exit;
      }),
    );
  };
  const start = async (entry = main): Promise<void> => {
    running = ports.map((port) =>
      spawn(process.execPath, [entry], {
        env: {
          PATH: process.env['PATH'] ?? '',
          ...variables,
          ...(log !== undefined && { LOG_LEVEL: log }),
          [portVariable(name)]: String(port),
        },
        stdio: ['ignore', log === undefined ? 'ignore' : 'inherit', 'inherit'],
      }),
    );
    for (const url of urls) {
      const answers = () =>
        fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        );
      await waitUntil(answers, `${name} at ${url}`);
    }
  };
  return {
    urls,
    factory({ context }) {
      const subgraph = subgraphAt(name, urls, context.environment);
      return Promise.resolve({
        ...subgraph,
        start: () => start(),
        async stop() {
          await subgraph.stop();
          await kill('SIGTERM');
        },
      });
    },
    kill,
    start,
  };
}
