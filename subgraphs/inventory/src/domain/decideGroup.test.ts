import { book, listing, minutes, NOW, offer, RULES } from './testBook.js';
import { hashAccessCode } from './accessCode.js';
import type { Book, Hold } from './book.js';
import { bookChanges } from './bookChanges.js';
import { decideGroup } from './decideGroup.js';
import type { GroupRequest, HoldRequest } from './requests.js';

const decide = (of: Book, ...requests: readonly GroupRequest[]) => decideGroup(of, requests, RULES);
const hold = (
  orderId: string,
  values: Partial<HoldRequest> & { readonly quantity?: number } = {},
): HoldRequest => {
  const { quantity = 1, ...rest } = values;
  const lines = [{ offerId: 'offer', quantity }];
  return {
    kind: 'hold',
    orderId,
    personId: `person of ${orderId}`,
    lines,
    accessCode: null,
    correlationId: orderId,
    ...rest,
  };
};
const confirm = (orderId: string): GroupRequest => ({ kind: 'confirm', orderId, correlationId: null });
const release = (orderId: string): GroupRequest => ({ kind: 'release', orderId, correlationId: null });
const stored = (orderId: string, values: Partial<Hold> & { readonly quantity?: number } = {}): Hold => {
  const { quantity = 1, ...rest } = values;
  return {
    orderId,
    personId: `person of ${orderId}`,
    listingId: 'event',
    expiresAt: minutes(5),
    lines: [{ offerId: 'offer', quantity, unitPrice: 900, returned: 0, seating: null }],
    state: 'HELD',
    told: 1,
    ...rest,
  };
};

describe('decideGroup', () => {
  test('decides in order of arrival: who comes first has the last', () => {
    const of = book({ offers: [offer({ total: 1 })] });
    expect(decide(of, hold('a'), hold('b'))).toMatchObject([{ __typename: 'OffersHeld' }, { code: 'HELD' }]);
  });

  test('sees the same order and the same person twice in one group', () => {
    const of = book({ offers: [offer({ limitPerPerson: 1 })] });
    const answers = decide(of, hold('a'), hold('a'), hold('b', { personId: 'person of a' }));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toMatchObject({ code: 'LIMIT_EXCEEDED', available: 0 });
    expect(bookChanges(of, RULES)).toMatchObject({
      newHolds: [{ orderId: 'a' }],
      units: [{ offerId: 'offer', personId: 'person of a', growth: 1 }],
      offers: [{ reserved: 1, sold: 0, state: 'AVAILABLE' }],
      listings: [{ id: 'event', taken: 1 }],
    });
  });

  test('holds, confirms and releases one order in one group', () => {
    const of = book();
    decide(of, hold('a', { quantity: 2 }), confirm('a'), release('a'));
    expect(bookChanges(of, RULES)).toMatchObject({
      newHolds: [{ orderId: 'a', state: 'RELEASED' }],
      changedHolds: [],
      units: [],
      offers: [],
    });
    expect(of.notices.map(({ kind }) => kind)).toEqual(['held', 'confirmed', 'released']);
  });

  test("a hold ends so many seconds after the database's time", () => {
    const [answer] = decide(book(), hold('a'));
    expect(answer).toMatchObject({
      expiresAt: minutes(15),
      lines: [{ unitPrice: { amount: 1000, currency: 'EUR' } }],
    });
  });

  test.each([
    ['PAUSED', { offers: [offer({ paused: true })] }],
    ['NOT_ON_SALE', { listings: [listing({ saleStartsAt: minutes(1) })] }],
    ['NOT_ON_SALE', { listings: [listing({ status: 'DRAFT' as const })] }],
    ['SALE_ENDED', { listings: [listing({ saleEndsAt: NOW })] }],
    ['SALE_ENDED', { listings: [listing({ status: 'CANCELLED' as const })] }],
    ['SOLD_OUT', { offers: [offer({ sold: 10 })] }],
    ['SOLD_OUT', { offers: [offer({ sold: 9, reserved: 0 })] }],
    ['HELD', { offers: [offer({ sold: 5, reserved: 4 })] }],
    ['LIMIT_EXCEEDED', { offers: [offer({ limitPerPerson: 1 })] }],
    ['MAXIMUM_ATTENDEES', { listings: [listing({ maximumAttendees: 1 })] }],
    ['ACCESS_CODE_NEEDED', { offers: [offer({ accessCodeHash: hashAccessCode('secret') })] }],
    ['RELEASED', { tombstones: ['a'] }],
    ['NOT_FOUND', { offers: [] }],
  ])('refuses with %s, and changes nothing', (code, content) => {
    const of = book(content);
    expect(decide(of, hold('a', { quantity: 2 }))).toMatchObject([{ __typename: 'HoldRefused', code }]);
    expect(bookChanges(of, RULES).newHolds).toEqual([]);
    expect(of.notices).toEqual([]);
  });

  test('takes the access code', () => {
    const of = book({ offers: [offer({ accessCodeHash: hashAccessCode('secret') })] });
    const answers = decide(of, hold('a', { accessCode: 'wrong' }), hold('b', { accessCode: 'secret' }));
    expect(answers).toMatchObject([{ code: 'ACCESS_CODE_NEEDED' }, { __typename: 'OffersHeld' }]);
  });

  test("takes nothing of an order whose second line can't be had", () => {
    const of = book({ offers: [offer(), offer({ id: 'few', total: 1, sold: 1, state: 'SOLD_OUT' })] });
    const lines = [
      { offerId: 'offer', quantity: 1 },
      { offerId: 'few', quantity: 1 },
    ];
    expect(decide(of, hold('a', { lines }))).toMatchObject([{ code: 'SOLD_OUT', offerId: 'few' }]);
    expect(bookChanges(of, RULES).offers).toEqual([]);
  });

  test('takes back what has run out before anything else', () => {
    const of = book({
      offers: [offer({ total: 1, reserved: 1, state: 'HELD' })],
      holds: [stored('old', { expiresAt: NOW })],
      units: [{ offerId: 'offer', personId: 'person of old', units: 1 }],
    });
    expect(decide(of, hold('new'))).toMatchObject([{ __typename: 'OffersHeld' }]);
    expect(bookChanges(of, RULES)).toMatchObject({
      changedHolds: [{ hold: { orderId: 'old', state: 'EXPIRED', told: 2 }, from: 'HELD' }],
      units: [
        { personId: 'person of old', growth: -1 },
        { personId: 'person of new', growth: 1 },
      ],
      offers: [],
    });
  });

  test('an expired hold about to be confirmed keeps its units, unless somebody before it needs them', () => {
    const content = {
      offers: [offer({ total: 1, reserved: 1 })],
      holds: [stored('old', { expiresAt: NOW })],
    };
    expect(decide(book(content), confirm('old'), hold('new'))).toMatchObject([
      { __typename: 'HoldConfirmed' },
      { code: 'SOLD_OUT' },
    ]);
    const later = { offers: [offer({ total: 1, reserved: 1 })], holds: [stored('old', { expiresAt: NOW })] };
    expect(decide(book(later), hold('new'), confirm('old'))).toMatchObject([
      { __typename: 'OffersHeld' },
      { code: 'HELD' },
    ]);
  });

  test('does not confirm an expired hold of a cancelled event', () => {
    const of = book({
      listings: [listing({ status: 'CANCELLED' })],
      holds: [stored('old', { state: 'EXPIRED' })],
    });
    expect(decide(of, confirm('old'))).toMatchObject([{ code: 'SALE_ENDED' }]);
  });

  test('confirms an expired hold although the sale is paused meanwhile: the buyer has paid', () => {
    const of = book({ offers: [offer({ paused: true })], holds: [stored('old', { state: 'EXPIRED' })] });
    expect(decide(of, confirm('old'))).toMatchObject([{ __typename: 'HoldConfirmed' }]);
  });

  test('tells who asked, and nobody of what only time did', () => {
    const of = book({ offers: [offer({ reserved: 1 })], holds: [stored('old', { expiresAt: NOW })] });
    decide(of, hold('a'), hold('b'));
    expect(of.notices.map(({ kind, correlationId }) => [kind, correlationId])).toEqual([
      ['expired', null],
      ['held', 'a'],
      ['held', 'b'],
    ]);
  });

  test('tells a state that time has changed', () => {
    const of = book({ listings: [listing({ saleEndsAt: minutes(-1) })] });
    decide(of, { kind: 'tidy' });
    expect(bookChanges(of, RULES)).toMatchObject({
      offers: [{ state: 'SALE_ENDED', stateChangesAt: null, reserved: 0, sold: 0 }],
      listings: [{ id: 'event', taken: 0 }],
    });
  });

  test('a change of one class changes what the others say, by the maximum of attendees', () => {
    const of = book({
      listings: [listing({ maximumAttendees: 2 })],
      offers: [offer(), offer({ id: 'other' })],
    });
    decide(of, hold('a', { quantity: 2 }));
    expect(bookChanges(of, RULES).offers.map(({ offer: { id }, state }) => [id, state])).toEqual([
      ['offer', 'HELD'],
      ['other', 'HELD'],
    ]);
  });
});
