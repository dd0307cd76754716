import { createLog, Environment, SubgraphUnavailable, type SubgraphTransport } from '@foyer/platform';
import { createOrders } from '@foyer/orders';
import { createPayments } from '@foyer/payments';
import { startSystem, type SubgraphFactory } from '@foyer/system';
import { subgraphAt } from './subgraphAt.js';

/** What the process is told by its parent. */
export type SystemProcessOrder =
  | {
      readonly start: Readonly<Record<string, string>>;
      /** Addresses of inventory's processes, when it runs in processes of its own. */
      readonly inventoryAt: readonly string[] | null;
      readonly killAt: string | null;
    }
  /** `before PLACE.HOLD`: where it ends itself, with SIGKILL; null for nowhere. */
  | { readonly killAt: string | null }
  /** From now on payments does what orders asks of it by this operation, and nobody hears of it. */
  | { readonly loseAnswersTo: string };

/** What it tells. */
export type SystemProcessReport =
  | { readonly loaded: true }
  | { readonly started: true; readonly endpoint: string }
  /** The order of this number is taken. */
  | { readonly taken: true };

let killAt: string | null = null;
let loseAnswersTo: string | null = null;

function dieAt(place: string): void {
  if (place === killAt) process.kill(process.pid, 'SIGKILL');
}

const observedOrders: SubgraphFactory = (parts) =>
  createOrders({
    ...parts,
    sagaObserver: {
      before: (point) => dieAt(`before ${point}`),
      after: (point) => dieAt(`after ${point}`),
    },
  });

const forgetfulPayments: SubgraphFactory = async (parts) => {
  const payments = await createPayments(parts);
  const transport: SubgraphTransport = {
    ...payments.transport,
    async execute(request) {
      const answer = await payments.transport.execute(request);
      if (loseAnswersTo !== null && request.query.includes(loseAnswersTo)) {
        throw new SubgraphUnavailable('payments', 'the answer is lost');
      }
      return answer;
    },
  };
  return { ...payments, transport };
};

function report(message: SystemProcessReport): void {
  process.send?.(message);
}

async function start(
  variables: Readonly<Record<string, string>>,
  inventoryAt: readonly string[] | null,
): Promise<void> {
  const system = await startSystem({
    environment: new Environment(variables),
    log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
    factories: {
      orders: observedOrders,
      payments: forgetfulPayments,
      ...(inventoryAt && {
        inventory: ({ context }) =>
          Promise.resolve(subgraphAt('inventory', inventoryAt, context.environment)),
      }),
    },
  });
  report({ started: true, endpoint: system.endpoint });
}

process.on('message', (order: SystemProcessOrder) => {
  if ('killAt' in order) ({ killAt } = order);
  if ('loseAnswersTo' in order) ({ loseAnswersTo } = order);
  if ('start' in order) {
    start(order.start, order.inventoryAt).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
    return;
  }
  report({ taken: true });
});
// Nobody is left to serve.
process.on('disconnect', () => process.exit(0));
report({ loaded: true });
