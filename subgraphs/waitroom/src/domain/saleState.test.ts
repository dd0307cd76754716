import { endingOf, saleOutlook, type Offer, type Sale } from './saleState.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 4, 1, hour));
const sale: Sale = { published: true, cancelled: false, saleStartsAt: at(10), saleEndsAt: at(20) };
const offer = (changes: Partial<Offer> = {}): Offer => ({
  ...{
    total: 10,
    reserved: 0,
    sold: 0,
    taken: 0,
    state: 'AVAILABLE',
    paused: false,
    saleStartsAt: null,
    saleEndsAt: null,
  },
  ...changes,
});
const stateOf = (offers: readonly Offer[], hour = 12, of = sale): string =>
  saleOutlook(of, offers, at(hour)).state;

test('the event decides first', () => {
  expect(stateOf([offer()], 12, { ...sale, cancelled: true })).toBe('EVENT_CANCELLED');
  expect(stateOf([offer()], 20)).toBe('SALE_ENDED');
  expect(stateOf([offer()], 9)).toBe('NOT_ON_SALE');
  expect(stateOf([offer()], 12, { ...sale, published: false })).toBe('NOT_ON_SALE');
  expect(stateOf([])).toBe('NOT_ON_SALE');
});

test('held and sold are different answers', () => {
  expect(stateOf([offer({ state: 'HELD', reserved: 3, sold: 7 })])).toBe('HELD');
  expect(stateOf([offer({ state: 'SOLD_OUT', sold: 10 })])).toBe('SOLD_OUT');
  expect(stateOf([offer({ state: 'SOLD_OUT', sold: 10 }), offer({ state: 'HELD', reserved: 10 })])).toBe(
    'HELD',
  );
  expect(stateOf([offer({ state: 'SOLD_OUT', sold: 10 }), offer()])).toBe('AVAILABLE');
});

test('a bound over all classes shows in the state, not in the counts', () => {
  expect(stateOf([offer({ state: 'HELD', reserved: 1 })])).toBe('HELD');
  expect(stateOf([offer({ state: 'SOLD_OUT' })])).toBe('SOLD_OUT');
});

test('times and pauses of an offer are judged here: nobody tells us that an hour has struck', () => {
  expect(stateOf([offer({ state: 'NOT_ON_SALE', saleStartsAt: at(13) })])).toBe('NOT_ON_SALE');
  expect(stateOf([offer({ state: 'NOT_ON_SALE', saleStartsAt: at(13) })], 13)).toBe('AVAILABLE');
  expect(stateOf([offer({ state: null })])).toBe('AVAILABLE');
  expect(stateOf([offer({ saleEndsAt: at(12) })])).toBe('SALE_ENDED');
  expect(stateOf([offer({ saleEndsAt: at(12) }), offer({ state: 'SOLD_OUT' })])).toBe('SOLD_OUT');
  expect(stateOf([offer({ paused: true })])).toBe('PAUSED');
  expect(stateOf([offer({ paused: true }), offer({ state: 'HELD' })])).toBe('HELD');
});

test('nothing that is paused comes back when it is sold', () => {
  expect(stateOf([offer({ paused: true, state: 'SOLD_OUT' })])).toBe('SOLD_OUT');
  expect(stateOf([offer({ state: 'PAUSED', total: 5, sold: 5 })])).toBe('SOLD_OUT');
  expect(stateOf([offer({ state: 'PAUSED', total: 5, sold: 4, reserved: 1 })])).toBe('HELD');
});

test('free units are those of what can be bought, at least one while something can', () => {
  const free = (offers: readonly Offer[]): number => saleOutlook(sale, offers, at(12)).free;
  expect(free([offer({ sold: 4 }), offer({ reserved: 1 })])).toBe(15);
  expect(free([offer({ sold: 4 }), offer({ paused: true }), offer({ state: 'HELD' })])).toBe(6);
  expect(free([offer({ state: 'LOW', sold: 10 })])).toBe(1);
});

test('what ends the line, and for whom', () => {
  expect(endingOf('SOLD_OUT')).toEqual({ reason: 'SOLD_OUT', alsoStaying: false });
  expect(endingOf('SALE_ENDED')).toEqual({ reason: 'SALE_ENDED', alsoStaying: true });
  expect(endingOf('EVENT_CANCELLED')).toEqual({ reason: 'EVENT_CANCELLED', alsoStaying: true });
  for (const state of ['NOT_ON_SALE', 'AVAILABLE', 'HELD', 'PAUSED'] as const)
    expect(endingOf(state)).toBeNull();
});
