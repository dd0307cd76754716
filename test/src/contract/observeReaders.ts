import { createCatalog } from '@foyer/catalog';
import { followEndedSessions } from '@foyer/gateway';
import { createInventory } from '@foyer/inventory';
import type { EventBus, EventDefinition, EventReader, SubgraphParts } from '@foyer/kafka';
import { createNotifications } from '@foyer/notifications';
import { createOrders } from '@foyer/orders';
import { createPayments } from '@foyer/payments';
import {
  createHttpTransport,
  SUBGRAPH_NAMES,
  systemClock,
  type Subgraph,
  type SubgraphName,
} from '@foyer/platform';
import { createTestPlatform } from '@foyer/platform/testing';
import { createUsers } from '@foyer/users';
import { createWaitroom } from '@foyer/waitroom';

const FACTORIES: Readonly<Record<SubgraphName, (parts: SubgraphParts) => Promise<Subgraph>>> = {
  users: createUsers,
  catalog: createCatalog,
  inventory: createInventory,
  orders: createOrders,
  payments: createPayments,
  notifications: createNotifications,
  waitroom: createWaitroom,
};

/** A database that nobody connects to: what is made here is never started. */
const NOWHERE = 'postgres://nobody@127.0.0.1:1/none';

const NO_ADDRESS = 'http://127.0.0.1:1/graphql';

/**
 * Who reads which events, as the processes themselves say: every subgraph is made, with all its handlers, on a bus that
 * writes down what it is asked for. None is started.
 */
export async function observeReaders(): Promise<readonly EventReader[]> {
  const readers: EventReader[] = [];
  const platform = createTestPlatform({
    transportTo: (subgraph) => createHttpTransport({ subgraph, urls: [NO_ADDRESS] }),
  });
  for (const name of SUBGRAPH_NAMES) {
    const bus = recordingBus((group, events) => readers.push({ name, group, events }));
    await FACTORIES[name]({ bus, databaseUrl: NOWHERE, context: platform.contextFor(name) });
  }
  const bus = recordingBus((group, events) => readers.push({ name: 'gateway', group, events }));
  await followEndedSessions(bus, systemClock, 0).start();
  return readers;
}

type Note = (group: string | null, events: readonly EventDefinition[]) => void;

/** A bus that carries nothing. One that follows its own events says no types, and is no reader of a contract. */
function recordingBus(note: Note): EventBus {
  const idle = { start: async () => undefined, stop: async () => undefined };
  return {
    publish: async () => undefined,
    consume({ group, events = [] }) {
      note(group, events);
      return idle;
    },
    follow({ events = [] }) {
      if (events.length > 0) note(null, events);
      return idle;
    },
    lag: async () => [],
    health: async () => undefined,
    close: async () => undefined,
  };
}
