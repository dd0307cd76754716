import type { ProcessName, SubgraphName } from '@foyer/platform';
import type { CountingProxy } from './countingProxy.js';
import type { Stage } from './story.js';

/** A running system that a suite plays on: in one process, or many. */
export interface SuiteSystem extends Stage {
  /** Addresses by process, `http://127.0.0.1:4001`. */
  readonly addresses: Readonly<Record<ProcessName, string>>;
  /** The suite is over. */
  stop(): Promise<void>;
}

/** Starts a system, or gives one that several suites share. @param overrides variables; a shared one has its own. */
export type StartSystem<System extends SuiteSystem = SuiteSystem> = (
  overrides?: Readonly<Record<string, string>>,
) => Promise<System>;

/** A system whose gateway reaches the waiting room through a proxy that counts its sockets. */
export interface SystemWithUpstream extends SuiteSystem {
  readonly upstream: CountingProxy;
}

/** A system whose subgraphs can be taken away. */
export interface SystemOfParts extends SuiteSystem {
  /** Ends every process of a subgraph with SIGKILL. */
  down(name: SubgraphName): Promise<void>;
  /** Starts them again, and waits until they answer. */
  up(name: SubgraphName): Promise<void>;
}
