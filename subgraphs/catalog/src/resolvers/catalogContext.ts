import { findPeople } from '@foyer/kafka';
import type { RequestContext } from '@foyer/platform';
import DataLoader from 'dataloader';
import type { CatalogContext, CatalogServices } from './context.js';

/** Adds the loaders: each kind of thing is read once per request and tick. */
export function catalogContext(base: RequestContext, services: CatalogServices): CatalogContext {
  const { store, restaurants } = services;
  return {
    ...base,
    events: byId(store.findMany),
    restaurants: byId(restaurants.findMany),
    people: new DataLoader(async (ids) => {
      const found = new Map((await findPeople(store.copies, ids)).map((person) => [person.userId, person]));
      return ids.map((id) => found.get(id) ?? null);
    }),
  };
}

function byId<Thing extends { readonly id: string }>(
  findMany: (ids: readonly string[]) => Promise<readonly Thing[]>,
): DataLoader<string, Thing | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await findMany(ids)).map((thing) => [thing.id, thing]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
