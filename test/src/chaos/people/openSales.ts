import {
  newEventOnSale,
  type EventOptions,
  type OnSale,
  type Person,
  type Stage,
} from '../../harness/story.js';
import { eventsOf, SALES, type SaleKind } from '../mix.js';

/** Every sale of a run. */
export type Sales = Readonly<Record<SaleKind, readonly OnSale[]>>;

/** Puts everything on sale that a run of so many minutes needs. */
export async function openSales(stage: Stage, organizer: Person, minutes: number): Promise<Sales> {
  const kinds = Object.keys(SALES) as SaleKind[];
  const opened = await Promise.all(
    kinds.map(async (kind) => {
      const { options }: { readonly options: EventOptions } = SALES[kind];
      const length = eventsOf(kind, minutes);
      const made = Array.from({ length }, () => newEventOnSale(stage, organizer, options));
      return [kind, await Promise.all(made)] as const;
    }),
  );
  return Object.fromEntries(opened) as Partial<Record<SaleKind, readonly OnSale[]>> as Sales;
}
