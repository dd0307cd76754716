import { createOrders } from '@foyer/orders';
import type { SubgraphFactory } from '@foyer/kafka';

/** What a mortal process is told by its parent. */
export type MortalOrder =
  | {
      readonly start: Readonly<Record<string, string>>;
      /** Addresses of inventory's processes, when it runs in processes of its own. */
      readonly inventoryAt: readonly string[] | null;
      readonly killAt: string | null;
    }
  /** `before PLACE.HOLD`: where it ends itself, with SIGKILL; null for nowhere. */
  | { readonly killAt: string | null };

/** What it tells. */
export type MortalReport =
  | { readonly loaded: true }
  | { readonly started: true }
  /** The order is taken. */
  | { readonly taken: true };

let killAt: string | null = null;

function dieAt(place: string): void {
  if (place === killAt) process.kill(process.pid, 'SIGKILL');
}

/** Orders, which ends its process around the commit that the parent has named. */
export const mortalOrders: SubgraphFactory = (parts) =>
  createOrders({
    ...parts,
    sagaObserver: {
      before: (point) => dieAt(`before ${point}`),
      after: (point) => dieAt(`after ${point}`),
    },
  });

/** Runs what a mortal process consists of, when its parent says so. @param start resolves when it answers. */
export function runMortalPart(
  start: (
    variables: Readonly<Record<string, string>>,
    inventoryAt: readonly string[] | null,
  ) => Promise<unknown>,
): void {
  const report = (message: MortalReport): void => void process.send?.(message);
  process.on('message', (order: MortalOrder) => {
    ({ killAt } = order);
    if (!('start' in order)) {
      report({ taken: true });
      return;
    }
    start(order.start, order.inventoryAt).then(
      () => report({ started: true }),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  // Nobody is left to serve.
  process.on('disconnect', () => process.exit(0));
  report({ loaded: true });
}
