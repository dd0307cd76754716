import { listing, minutes, NOW, offer } from './testBook.js';
import { availabilityOf } from './availabilityState.js';
import type { Listing, Offer } from './book.js';

const stand = (ofOffer: Partial<Offer>, ofListing: Partial<Listing> = {}, others: readonly Offer[] = []) => {
  const one = offer(ofOffer);
  return availabilityOf(one, listing(ofListing), [one, ...others], NOW, 10);
};

describe('availabilityOf', () => {
  test.each<[string, Partial<Offer>, Partial<Listing>, string, number]>([
    ['enough', {}, {}, 'AVAILABLE', 10],
    ['a tenth left', { total: 100, sold: 90 }, {}, 'LOW', 10],
    ['a little more than a tenth left', { total: 100, sold: 89 }, {}, 'AVAILABLE', 11],
    ['the last of several', { total: 3, sold: 2 }, {}, 'LOW', 1],
    ['the only one there ever was', { total: 1 }, {}, 'AVAILABLE', 1],
    ['all taken, one of them held', { sold: 9, reserved: 1 }, {}, 'HELD', 0],
    ['all sold', { sold: 10 }, {}, 'SOLD_OUT', 0],
    ['none to begin with', { total: 0 }, {}, 'SOLD_OUT', 0],
    ['paused', { paused: true }, {}, 'PAUSED', 0],
    ['paused and sold out', { paused: true, sold: 10 }, {}, 'SOLD_OUT', 0],
    ['not published', {}, { status: 'APPROVED' }, 'NOT_ON_SALE', 0],
    ['not configured', {}, { status: 'DRAFT', saleStartsAt: null, saleEndsAt: null }, 'NOT_ON_SALE', 0],
    ['cancelled', {}, { status: 'CANCELLED' }, 'SALE_ENDED', 0],
    ['before the sale', {}, { saleStartsAt: minutes(1) }, 'NOT_ON_SALE', 0],
    ['at the very start', {}, { saleStartsAt: NOW }, 'AVAILABLE', 10],
    ['at the very end', {}, { saleEndsAt: NOW }, 'SALE_ENDED', 0],
    ['its own sale not begun', { saleStartsAt: minutes(5) }, {}, 'NOT_ON_SALE', 0],
    ['its own sale over', { saleEndsAt: minutes(-5) }, {}, 'SALE_ENDED', 0],
    [
      "its own time wider than the event's",
      { saleStartsAt: minutes(-99) },
      { saleStartsAt: minutes(1) },
      'NOT_ON_SALE',
      0,
    ],
    ['sale over and sold out', { sold: 10 }, { saleEndsAt: minutes(-1) }, 'SALE_ENDED', 0],
    ['fewer places than units', {}, { maximumAttendees: 4 }, 'AVAILABLE', 4],
    ['places all sold', { sold: 4 }, { maximumAttendees: 4 }, 'SOLD_OUT', 0],
    ['places taken, some of them held', { sold: 3, reserved: 1 }, { maximumAttendees: 4 }, 'HELD', 0],
  ])('%s', (_, ofOffer, ofListing, state, available) => {
    expect(stand(ofOffer, ofListing)).toEqual({ state, available });
  });

  test('what other classes have sold and hold counts towards the maximum', () => {
    const others = [offer({ id: 'other', sold: 3, reserved: 2 })];
    expect(stand({}, { maximumAttendees: 6 }, others)).toEqual({ state: 'LOW', available: 1 });
    expect(stand({}, { maximumAttendees: 5 }, others)).toEqual({ state: 'HELD', available: 0 });
    expect(stand({}, { maximumAttendees: 3 }, others)).toEqual({ state: 'SOLD_OUT', available: 0 });
  });
});
