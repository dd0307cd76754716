import type { EventSnapshot } from '@foyer/kafka';
import { InputCheck, invalidInput, invariant, notFound, type Refused } from '@foyer/platform';
import type { OrderedLine } from '../domain/placeOrderInput.js';
import { priceLine, totalsOf, type PricedLine, type PricingRule, type Totals } from '../domain/pricing.js';
import type { Facts } from '../store/readFacts.js';

/** What lines cost as far as is known here; inventory's hold fixes the prices. */
export interface Quote {
  readonly event: EventSnapshot;
  readonly lines: readonly PricedLine[];
  readonly totals: Totals;
  /** Fees and tax by offer. */
  readonly rules: Readonly<Record<string, PricingRule>>;
}

/**
 * Prices lines by the local copies.
 * @param path where the lines stand in the arguments.
 * @throws Refused `NotFound` for an offer that is not known, `InvalidInput` for offers of several events or currencies.
 */
export function quote(
  facts: Facts,
  lines: readonly OrderedLine[],
  defaults: PricingRule,
  path: string,
): Quote {
  const known = new Map(facts.offers.map((each) => [each.offer.offerId, each]));
  const found = lines.map(({ offerId, quantity }, index) => {
    const fact = known.get(offerId);
    if (fact?.offer.kind === 'TABLE') throw needsATime(`${path}.${index}.offerId`);
    if (!fact?.event) throw notFound('offer', offerId);
    return { ...fact, event: fact.event, quantity };
  });
  const [first] = found;
  invariant(first, 'an order has lines');
  const check = new InputCheck();
  found.forEach(({ offer, event }, index) => {
    const at = `${path}.${index}.offerId`;
    check.require(
      event.eventId === first.event.eventId,
      at,
      'ANOTHER_EVENT',
      'Order tickets of one event at a time.',
    );
    check.require(
      offer.price.currency === first.offer.price.currency,
      at,
      'MIXED_CURRENCIES',
      `This is sold in ${offer.price.currency}, the first line in ${first.offer.price.currency}. Order them apart.`,
    );
  });
  check.done();
  const { currency } = first.offer.price;
  const rules = Object.fromEntries(found.map(({ offer, rule }) => [offer.offerId, rule ?? defaults]));
  const priced = found.map(({ offer, rule, quantity }) =>
    priceLine(
      { offerId: offer.offerId, name: offer.name, quantity, unitPrice: offer.price.amount, currency },
      rule ?? defaults,
    ),
  );
  return { event: first.event, lines: priced, totals: totalsOf(priced, currency), rules };
}

/** Tables are no tickets: they are wanted at a time. */
function needsATime(path: string): Refused {
  const message = 'This is a table. Reserve it at a time, with reserveTable.';
  return invalidInput([{ path, rule: 'TABLE', message }]);
}
