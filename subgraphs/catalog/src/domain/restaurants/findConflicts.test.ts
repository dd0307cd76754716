import { findConflicts, type ReservationRules, type StandingReservation } from './findConflicts.js';
import { placeParties } from './placeParties.js';
import type { Area } from './restaurant.js';

const table = (tableId: string, seats: number) => ({ tableId, name: tableId, seats, minimumParty: 1 });
const room = (tables: Area['tables'], joins: Area['joins'] = []): Area => ({
  ...{ areaId: 'room', name: 'Room', place: 'INSIDE', kind: 'TABLES', seats: null },
  tables,
  joins,
});
const bar = (seats: number): Area => ({
  ...{ areaId: 'bar', name: 'Bar', place: 'BAR', kind: 'SEATS', seats },
  tables: [],
  joins: [],
});

const rules = (changes: Partial<ReservationRules> = {}): ReservationRules => ({
  status: 'PUBLISHED',
  timeZone: 'Europe/Berlin',
  schedule: {
    slotMinutes: 30,
    hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '18:00', closes: '02:00' })),
    exceptions: [],
  },
  seating: {
    durations: [{ upToPartySize: 8, minutes: 90 }],
    ...{ minimumParty: 1, maximumParty: 8, horizonDays: 60, noticeMinutes: 0 },
  },
  areas: [room([table('a', 2), table('b', 4)], [['a', 'b']]), bar(4)],
  ...changes,
});

let counter = 0;
const seating = (startsAt: string, partySize = 2, areaId = 'room', minutes = 90): StandingReservation => {
  const begins = new Date(startsAt);
  counter += 1;
  return {
    ...{ id: `r${counter}`, code: `c${counter}`, areaId, partySize },
    startsAt: begins,
    endsAt: new Date(begins.getTime() + minutes * 60_000),
  };
};

describe('findConflicts', () => {
  const evening = seating('2026-07-01T17:00:00Z');
  const night = seating('2026-07-01T22:30:00Z');

  it('finds none in what changes nothing', () => {
    expect(findConflicts(rules(), rules(), [evening, night])).toEqual([]);
  });

  it('finds what begins too late to be seated', () => {
    const hours = rules().schedule.hours.map((day) => ({ ...day, closes: '01:30' }));
    const after = rules({ schedule: { ...rules().schedule, hours } });
    expect(findConflicts(rules(), after, [night, evening])).toEqual([night]);
  });

  it('keeps a night that belongs to the day before an exception', () => {
    const closedOn = (date: string) =>
      rules({ schedule: { ...rules().schedule, exceptions: [{ date, intervals: [] }] } });
    // 00:30 on 2 July by the clock of Berlin.
    expect(findConflicts(rules(), closedOn('2026-07-02'), [night])).toEqual([]);
    expect(findConflicts(rules(), closedOn('2026-07-01'), [night])).toEqual([night]);
  });

  it('does not repeat what did not fit before', () => {
    const closed = rules({ schedule: { ...rules().schedule, hours: [] } });
    expect(findConflicts(closed, rules({ ...closed, areas: [] }), [evening])).toEqual([]);
  });

  it('knows both hours of the night on which clocks go back', () => {
    // 02:30 comes twice in Berlin on 25 October 2026: at 00:30 and at 01:30 UTC.
    const hours = rules().schedule.hours.map((day) => ({ ...day, closes: '04:00' }));
    const late = rules({ schedule: { ...rules().schedule, hours } });
    const twice = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) => seating(at));
    expect(findConflicts(late, late, twice)).toEqual([]);
    expect(findConflicts(late, rules(), twice)).toEqual(twice);
  });

  it('finds all of them when the restaurant closes, in order of time', () => {
    expect(findConflicts(rules(), rules({ status: 'CLOSED' }), [night, evening])).toEqual([evening, night]);
  });

  it('finds who lost the area or the seat', () => {
    const four = seating('2026-07-01T17:00:00Z', 4);
    const atBar = seating('2026-07-01T17:00:00Z', 3, 'bar');
    const smaller = rules({ areas: [room([table('a', 2), table('c', 2)], [['a', 'c']]), bar(4)] });
    expect(findConflicts(rules(), smaller, [evening, four, atBar])).toEqual([evening]);
    expect(findConflicts(rules(), rules({ areas: [rules().areas[0] as Area] }), [four, atBar])).toEqual([
      atBar,
    ]);
  });
});

describe('placeParties', () => {
  it('puts each party where it fits, one after the other', () => {
    const parties = [
      seating('2026-07-01T17:00:00Z', 4),
      seating('2026-07-01T17:00:00Z', 2),
      seating('2026-07-01T18:30:00Z', 6),
      seating('2026-07-01T18:00:00Z', 1),
    ];
    const left = placeParties(room([table('a', 2), table('b', 4)], [['a', 'b']]), parties);
    expect(left).toEqual([parties[3]]);
  });

  it('counts seats for as long as they are taken', () => {
    const parties = [
      seating('2026-07-01T17:00:00Z', 3, 'bar'),
      seating('2026-07-01T18:00:00Z', 2, 'bar'),
      seating('2026-07-01T18:30:00Z', 4, 'bar'),
    ];
    expect(placeParties(bar(4), parties)).toEqual([parties[1]]);
  });
});
