import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createPool } from '@foyer/platform';
import { placeOrder, type OrderAnswer } from './purchase.js';
import type { OnSale, Person, Stage } from './story.js';

const NOTHING = { amount: 0, currency: 'USD' };

/**
 * Places an order as somebody does who wants an answer: again, under the same key, a second after there was none. That an
 * order has failed may be seen in it before its refusal has come; asked again, it is the refusal.
 */
export async function insistOnOrder(person: Person, offer: OnSale): Promise<OrderAnswer> {
  const purchase = { idempotencyKey: randomUUID(), expectedTotal: NOTHING };
  for (;;) {
    const answer = await placeOrder(person, offer, purchase).catch(() => null);
    if (answer && !['PENDING', 'FAILED'].includes(answer.order?.status ?? '')) return answer;
    await delay(1000);
  }
}

/** Everybody wants one, at once. */
export function scramble(people: readonly Person[], offer: OnSale): Promise<readonly OrderAnswer[]> {
  return Promise.all(people.map((person) => insistOnOrder(person, offer)));
}

/** Who got what they wanted, and why the others did not. */
export function sorted(answers: readonly OrderAnswer[]) {
  const bought = answers.filter((answer) => answer.order?.status === 'COMPLETED');
  const codes = new Set(answers.flatMap(({ code }) => code ?? []));
  return { bought, refused: answers.filter(({ code }) => code !== undefined), codes };
}

/** Units that inventory has sold, as its holds and its counter say. */
export async function unitsSold(
  { variables }: Stage,
  { offerId }: OnSale,
): Promise<{ readonly held: number; readonly counted: number }> {
  const pool = createPool(variables['INVENTORY_DATABASE_URL'] ?? '', { max: 1, applicationName: 'test' });
  try {
    const { rows } = await pool.query<{ held: number; counted: number }>(
      `select coalesce(sum(l.quantity) filter (where h.state = 'CONFIRMED'), 0)::int as held, o.sold as counted
       from offer o left join hold_line l on l.offer_id = o.id left join hold h using (order_id)
       where o.id = $1 group by o.id`,
      [offerId],
    );
    return rows[0] ?? { held: -1, counted: -1 };
  } finally {
    await pool.end();
  }
}
