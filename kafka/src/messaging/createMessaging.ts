import { createJob, createLease, invariant, type Component, type Log, type Metrics } from '@foyer/platform';
import type { Pool } from 'pg';
import type { EventBus } from '../bus/eventBus.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { StoreTransaction } from '../inbox/applyEvent.js';
import { createEventConsumer } from '../inbox/createEventConsumer.js';
import type { EventHandler } from '../inbox/defineHandler.js';
import { groupHandlers } from '../inbox/groupHandlers.js';
import { knownEvents } from '../inbox/knownEvents.js';
import { retryParked } from '../inbox/retryParked.js';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../inbox/retryPolicy.js';
import { createOutbox, type Outbox } from '../outbox/createOutbox.js';
import { publishOutbox } from '../outbox/publishOutbox.js';
import { createLoop } from '../session/createLoop.js';
import { handOver } from './handOver.js';
import { MESSAGING_LEASE } from './messagingChannel.js';
import { countEvents } from './countEvents.js';
import { measureDelay } from './measureDelay.js';
import { measureMessaging } from './measureMessaging.js';
import { readMessagingFigures, type MessagingFigures } from './readMessagingFigures.js';
import { trimMessaging } from './trimMessaging.js';

export interface MessagingOptions<Client> {
  /** Names the source of events and the consumer group. */
  readonly subgraph: string;
  readonly bus: EventBus;
  /** The subgraph's database; `@foyer/prisma`'s `Database` fits. */
  readonly database: {
    readonly pool: Pool;
    readonly transaction: StoreTransaction<Client>;
  };
  /** What it does with the events of others; empty when it only publishes. */
  readonly handlers: readonly EventHandler<Client>[];
  readonly log: Log;
  /** Whether the outbox is published from here, or by somebody else (see `isRelayOn`). Default true. */
  readonly relay?: boolean;
  /** Given where what waits is to be measured. */
  readonly metrics?: Metrics;
  /** Given when the store and the handlers need it before; default: a new one. */
  readonly outbox?: Outbox;
  readonly retryPolicy?: RetryPolicy;
  /** How many events, each of another aggregate, may be handled at once. Default 4. */
  readonly concurrency?: number;
}

/** The state of a subgraph's messaging. */
export interface MessagingHealth extends MessagingFigures {
  /** Whether this process publishes; another one does otherwise. */
  readonly publishing: boolean;
  /** Events of the topics it reads that it has not handled yet. */
  readonly behind: number;
}

/** A subgraph's part in the flow of events. */
export interface Messaging extends Component {
  readonly outbox: Outbox;
  /** Rejects when the database or the bus does not answer. */
  health(): Promise<MessagingHealth>;
}

const TRIM_INTERVAL = 60 * 60 * 1000;
/** How often the relay looks at its outbox without being woken: refused events are due again at some time. */
const LOOK_INTERVAL = 60 * 1000;
const NOTHING_TO_PUBLISH = { unpublished: 0, refused: 0 };

/**
 * Wires a subgraph to the bus: events it has committed are published, events of others are handled.
 *
 * Starting waits for the database. Stopping takes no further event, waits for those in hand, publishes what is
 * in the outbox, and only then lets another process do so.
 */
export function createMessaging<Client>(options: MessagingOptions<Client>): Messaging {
  const {
    subgraph,
    bus,
    database,
    handlers,
    outbox = createOutbox(subgraph),
    retryPolicy = DEFAULT_RETRY_POLICY,
    relay: relays = true,
  } = options;
  const { pool, transaction } = database;
  invariant(outbox.subgraph === subgraph, `the outbox of ${outbox.subgraph} was given to ${subgraph}`);
  const log = options.log.child({ part: 'messaging' });
  const handlersOf = groupHandlers(handlers);
  const known = knownEvents(handlers);
  const topics = [...new Set(handlers.map(({ definition }) => definition.topic))];
  let retryTimer: NodeJS.Timeout | null = null;
  let removeMetrics: (() => void) | null = null;

  const lease = createLease({
    pool,
    name: MESSAGING_LEASE,
    onTurn() {
      relay.wake();
      retries.wake();
    },
    log,
  });
  const mayGoOn = (): boolean => lease.held;
  const onPublished = options.metrics && countEvents(options.metrics, subgraph);
  const onRefused = ({ id, type }: CloudEvent, reason: string): void => {
    log.error({ event: id, type, reason }, 'the bus does not take an event: it waits for an operator');
  };
  const relay = createLoop({
    name: 'outbox relay',
    async run() {
      if (lease.connection !== null)
        await publishOutbox(lease.connection, bus, mayGoOn, onPublished, onRefused);
    },
    mayRun: () => relays && lease.held,
    log,
  });
  const parked = { group: subgraph, pool, outbox, transaction, handlersOf, known, retryPolicy, mayGoOn, log };
  const retries = createLoop({
    name: 'retries of parked events',
    async run() {
      if (handlers.length > 0) retryAfter(await retryParked(parked));
    },
    mayRun: mayGoOn,
    log,
  });
  const trimming = createJob({
    name: 'trim messaging',
    everyMs: TRIM_INTERVAL,
    run: trim,
    log,
  });

  const looking = createJob({
    name: 'look at the outbox',
    everyMs: LOOK_INTERVAL,
    run() {
      relay.wake();
      return Promise.resolve();
    },
    log,
  });

  async function trim(): Promise<void> {
    if (!lease.held) return;
    if (!relays) await handOver(pool);
    await trimMessaging(pool);
  }

  function retryAfter(delay: number | null): void {
    if (retryTimer !== null) clearTimeout(retryTimer);
    retryTimer = delay === null ? null : setTimeout(retries.wake, Math.max(1, Math.min(delay, 60_000)));
  }

  const consumer =
    handlers.length === 0
      ? null
      : createEventConsumer({
          ...options,
          group: subgraph,
          pool,
          transaction,
          outbox,
          log,
          retryPolicy,
          onParked(delay) {
            if (lease.held) setTimeout(retries.wake, delay);
          },
          ...(options.metrics && { onHandled: measureDelay(options.metrics, subgraph) }),
        });

  const detach = outbox.onCommitted(() => {
    if (lease.held) relay.wake();
    else lease.passOn();
  });

  return {
    name: `messaging of ${subgraph}`,
    outbox,
    async start() {
      await lease.start();
      await trimming.start();
      await looking.start();
      await consumer?.start();
      if (options.metrics)
        removeMetrics = measureMessaging(options.metrics, { subgraph, pool, bus, topics, relays });
    },
    async stop() {
      removeMetrics?.();
      await consumer?.stop();
      if (retryTimer !== null) clearTimeout(retryTimer);
      await retries.stop();
      await trimming.stop();
      await looking.stop();
      relay.wake();
      await relay.settled();
      detach();
      await relay.stop();
      await lease.stop();
    },
    async health() {
      const [figures, lag] = await Promise.all([
        readMessagingFigures(pool, subgraph),
        bus.lag(subgraph, topics),
      ]);
      const { unpublished, refused } = relays ? figures : NOTHING_TO_PUBLISH;
      const publishing = relays && lease.held;
      return {
        ...figures,
        unpublished,
        refused,
        publishing,
        behind: lag.reduce((sum, { behind }) => sum + behind, 0),
      };
    },
  };
}
