/** What the sale behind a line has to offer, over all its offers. */
export const SALE_STATES = [
  'NOT_ON_SALE',
  'AVAILABLE',
  'HELD',
  'PAUSED',
  'SOLD_OUT',
  'SALE_ENDED',
  'EVENT_CANCELLED',
] as const;

/** What the sale behind a line has to offer. */
export type SaleState = (typeof SALE_STATES)[number];

/** Why a line is over for those who still stand in it. */
export type EndedReason = Extract<SaleState, 'SOLD_OUT' | 'SALE_ENDED' | 'EVENT_CANCELLED'>;

/** An offer as inventory has told of it. */
export interface Offer {
  readonly total: number;
  readonly reserved: number;
  readonly sold: number;
  /** The last availability state told; null before the first. */
  readonly state: string | null;
  readonly paused: boolean;
  /** Units of orders that inventory has spoken of, counted here: exact, but for orders from before there was a queue. */
  readonly taken: number;
  /** null: the event's own. */
  readonly saleStartsAt: Date | null;
  readonly saleEndsAt: Date | null;
}

/** The event that the offers belong to. */
export interface Sale {
  readonly published: boolean;
  readonly cancelled: boolean;
  readonly saleStartsAt: Date;
  readonly saleEndsAt: Date;
}

/** What is left. */
export interface SaleOutlook {
  readonly state: SaleState;
  /**
   * Units that could be bought now, as far as was told. Inventory's counts come with changes of state only: they say
   * what was free at the last one (at least 1 while AVAILABLE), and the orders that are known bound it.
   */
  readonly free: number;
}

/** What an offer has, before times and pauses. A bound over all classes shows in the state alone, not in the counts. */
function stockOf(offer: Offer): 'AVAILABLE' | 'HELD' | 'SOLD_OUT' {
  if (offer.state === 'HELD' || offer.state === 'SOLD_OUT') return offer.state;
  if (offer.total > offer.reserved + offer.sold) return 'AVAILABLE';
  if (offer.state === 'AVAILABLE' || offer.state === 'LOW') return 'AVAILABLE';
  return offer.reserved > 0 ? 'HELD' : 'SOLD_OUT';
}

function stateOf(offer: Offer, sale: Sale, now: Date): SaleState {
  if (now >= (offer.saleEndsAt ?? sale.saleEndsAt)) return 'SALE_ENDED';
  const stock = stockOf(offer);
  if (stock === 'SOLD_OUT') return stock;
  if (now < (offer.saleStartsAt ?? sale.saleStartsAt)) return 'NOT_ON_SALE';
  return offer.paused ? 'PAUSED' : stock;
}

/**
 * What is left of a sale, judged by the time given: inventory need not tell us that an hour has struck. SOLD_OUT means
 * that nothing can come back but by a return: every offer is sold, nothing is held.
 */
export function saleOutlook(sale: Sale, offers: readonly Offer[], now: Date): SaleOutlook {
  if (sale.cancelled) return { state: 'EVENT_CANCELLED', free: 0 };
  if (now >= sale.saleEndsAt) return { state: 'SALE_ENDED', free: 0 };
  if (!sale.published || now < sale.saleStartsAt || offers.length === 0)
    return { state: 'NOT_ON_SALE', free: 0 };
  const states = offers.map((offer) => stateOf(offer, sale, now));
  const order = ['AVAILABLE', 'HELD', 'PAUSED', 'NOT_ON_SALE', 'SOLD_OUT'] as const;
  const state = order.find((each) => states.includes(each)) ?? 'SALE_ENDED';
  const free = offers
    .filter((_, index) => states[index] === 'AVAILABLE')
    .reduce((sum, offer) => sum + freeOf(offer), 0);
  return { state, free };
}

function freeOf({ total, reserved, sold, taken }: Offer): number {
  return Math.max(0, Math.min(Math.max(1, total - reserved - sold), total - taken));
}

/** Whether a state of the sale ends the line, for everybody or for those who do not stay for returns; null: it goes on. */
export function endingOf(
  state: SaleState,
): { readonly reason: EndedReason; readonly alsoStaying: boolean } | null {
  if (state === 'SOLD_OUT') return { reason: state, alsoStaying: false };
  if (state === 'SALE_ENDED' || state === 'EVENT_CANCELLED') return { reason: state, alsoStaying: true };
  return null;
}
