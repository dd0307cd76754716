import { InputCheck, type Refused } from '@foyer/platform/domain';
import { checkConfiguration } from './checkConfiguration.js';
import type { EventConfiguration } from './event.js';

const now = new Date('2026-06-01T00:00:00Z');
const event = { startsAt: new Date('2026-07-01T18:00:00Z'), endsAt: new Date('2026-07-01T22:00:00Z') };
const good: EventConfiguration = {
  saleStartsAt: new Date('2026-06-02T10:00:00Z'),
  saleEndsAt: new Date('2026-07-01T18:00:00Z'),
  free: false,
  maximumAttendees: 100,
  visibility: 'PUBLIC',
  waitroom: null,
  cancellableUntil: null,
  trending: false,
};

/** Rules that a configuration breaks, by path. */
function broken(changes: Partial<EventConfiguration>): Record<string, string> {
  const check = new InputCheck();
  checkConfiguration(check, { ...good, ...changes }, event, now);
  try {
    check.done();
    return {};
  } catch (error) {
    const fields = (error as Refused).refusal['fields'] as { path: string; rule: string }[];
    return Object.fromEntries(fields.map(({ path, rule }) => [path, rule]));
  }
}

describe('checkConfiguration', () => {
  it('takes a good one', () => {
    expect(broken({})).toEqual({});
  });

  it('names every wrong field at once', () => {
    expect(
      broken({
        saleEndsAt: new Date('2026-07-02T00:00:00Z'),
        maximumAttendees: -1,
        cancellableUntil: new Date('2026-07-01T19:00:00Z'),
        waitroom: { maximumInCheckout: 0, admissionsPerMinute: 1e9 },
      }),
    ).toEqual({
      'input.saleEndsAt': 'AFTER_EVENT',
      'input.maximumAttendees': 'OUT_OF_RANGE',
      'input.cancellableUntil': 'AFTER_EVENT_START',
      'input.waitroom.maximumInCheckout': 'OUT_OF_RANGE',
      'input.waitroom.admissionsPerMinute': 'OUT_OF_RANGE',
    });
  });

  it('refuses a sale that ends before it begins, or is over', () => {
    expect(broken({ saleEndsAt: new Date('2026-06-02T09:00:00Z') })).toEqual({
      'input.saleEndsAt': 'NOT_AFTER_START',
    });
    expect(
      broken({
        saleStartsAt: new Date('2026-05-01T00:00:00Z'),
        saleEndsAt: new Date('2026-05-31T00:00:00Z'),
      }),
    ).toEqual({
      'input.saleEndsAt': 'PAST',
    });
  });
});
