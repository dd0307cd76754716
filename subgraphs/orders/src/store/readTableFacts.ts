import type { Queryable, RestaurantSnapshot } from '@foyer/kafka';
import type { KeyRow } from './findKey.js';

/** What is known here before a reservation is recorded. */
export interface TableFacts {
  /** null: the copy does not know it. */
  readonly restaurant: RestaurantSnapshot | null;
  /** null: the copy does not know the person yet. */
  readonly person: { readonly name: string; readonly email: string } | null;
  /** What was asked under the idempotency key and stands or is being made; null when the key is free. */
  readonly key: KeyRow | null;
}

const READ = `
  select (select snapshot from copies.restaurant where restaurant_id = $1) as restaurant,
    (select jsonb_build_object('name', name, 'email', email) from copies.person where user_id = $2) as person,
    (select jsonb_build_object('inputHash', k.input_hash, 'orderId', k.order_id, 'sagaId', k.saga_id)
     from idempotency_key k
     where k.person_id = $2 and k.operation = 'reserveTable' and k.key = $3 and not k.refused
       and k.created_at >= foyer_now() - interval '24 hours') as key`;

/** @param asking who asks, under which idempotency key. */
export async function readTableFacts(
  sql: Queryable,
  restaurantId: string,
  asking: { readonly personId: string; readonly key: string },
): Promise<TableFacts> {
  const [row] = await sql.query<TableFacts>(READ, [restaurantId, asking.personId, asking.key]);
  return row ?? { restaurant: null, person: null, key: null };
}
