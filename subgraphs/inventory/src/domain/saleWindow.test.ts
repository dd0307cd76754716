import { minutes, NOW } from './testBook.js';
import { nextSaleChange, saleWindow } from './saleWindow.js';

describe('saleWindow', () => {
  const event = { saleStartsAt: minutes(-10), saleEndsAt: minutes(10) };

  test("is the event's unless the offer has its own, and never wider than the event's", () => {
    expect(saleWindow({ saleStartsAt: null, saleEndsAt: null }, event)).toEqual({
      startsAt: minutes(-10),
      endsAt: minutes(10),
    });
    expect(saleWindow({ saleStartsAt: minutes(-5), saleEndsAt: minutes(99) }, event)).toEqual({
      startsAt: minutes(-5),
      endsAt: minutes(10),
    });
  });

  test('is unknown while the event is not configured', () => {
    const unknown = { saleStartsAt: null, saleEndsAt: null };
    expect(saleWindow({ saleStartsAt: NOW, saleEndsAt: NOW }, unknown)).toEqual({
      startsAt: null,
      endsAt: null,
    });
  });
});

describe('nextSaleChange', () => {
  test.each([
    ['before', minutes(1), minutes(2), minutes(1)],
    ['during', NOW, minutes(2), minutes(2)],
    ['after', minutes(-2), NOW, null],
  ])('%s the sale', (_, startsAt, endsAt, expected) => {
    expect(nextSaleChange({ startsAt, endsAt }, NOW)).toEqual(expected);
  });
  test('of a window that is not known', () => {
    expect(nextSaleChange({ startsAt: null, endsAt: null }, NOW)).toBeNull();
  });
});
