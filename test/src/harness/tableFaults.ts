import type { Databases } from './quiet.js';

interface Table {
  readonly id: string;
  readonly areaId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly partySize: number;
}

/**
 * Every reservation that stands has the table that it says, sold, and nothing else has one but what a restaurant keeps
 * for itself. To be asked when everything is quiet.
 */
export async function tableFaults({ orders, inventory }: Databases): Promise<readonly string[]> {
  const [reserved, sold] = await Promise.all([
    orders.query<Table>(
      `select id, area_id as "areaId", starts_at as "startsAt", ends_at as "endsAt", party_size as "partySize"
       from reservation where status in ('CONFIRMED', 'SEATED')`,
    ),
    inventory.query<Table>(
      `select order_id as id, s.offer_id as "areaId", lower(during) as "startsAt", upper(during) as "endsAt",
         party_size as "partySize"
       from seating s join hold h using (order_id)
       where s.live and h.state = 'CONFIRMED' and not exists (select from seat_block where block_id = order_id)`,
    ),
  ]);
  const words = ({ areaId, startsAt, endsAt, partySize }: Table): string =>
    `${partySize} in ${areaId} from ${startsAt.toISOString()} to ${endsAt.toISOString()}`;
  const tables = new Map(sold.map((table) => [table.id, words(table)]));
  const standing = new Set(reserved.map(({ id }) => id));
  return [
    ...reserved
      .filter((table) => tables.get(table.id) !== words(table))
      .map(
        (table) =>
          `reservation ${table.id} says ${words(table)}, inventory ${tables.get(table.id) ?? 'nothing'}`,
      ),
    ...sold
      .filter(({ id }) => !standing.has(id))
      .map((table) => `inventory sold ${words(table)} to ${table.id}, which is no reservation that stands`),
  ];
}
