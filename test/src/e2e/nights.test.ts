import { waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../harness/checkInvariants.js';
import { nextClockChange, wallText, zoneOffset, type ClockChange } from '../harness/clockChange.js';
import { changeReservation, readReservation, reserved, reserveTable } from '../harness/reservation.js';
import { daySheetOf, daySlots, newRestaurant, type OpenRestaurant } from '../harness/restaurant.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { newPeople, newPerson, type Person } from '../harness/story.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ONE_TABLE = [{ name: 'Room', tables: [{ name: '1', seats: 2 }] }];
const HOURS = { opens: '20:00', closes: '04:00' };
const STAY = HOUR;
const SLOT = 30 * MINUTE;

let system: TestSystem;
let owner: Person;

beforeAll(async () => {
  system = await startTestSystem();
  owner = await newPerson(system, 'Owner');
});

afterEach(async () => {
  expect(await checkInvariants(system.variables)).toEqual([]);
});

afterAll(async () => {
  await system.stop();
});

const iso = (instant: number): string => new Date(instant).toISOString();
const dateOf = (instant: number): string => iso(instant).slice(0, 10);

/** A restaurant with one table for two, open over the night on which the clocks are changed. */
function nightRestaurant({ timeZone, at }: ClockChange): Promise<OpenRestaurant> {
  return newRestaurant(system, owner, {
    areas: ONE_TABLE,
    timeZone,
    hours: HOURS,
    horizonDays: Math.ceil((at - Date.now()) / DAY) + 3,
    durations: [{ upToPartySize: 60, minutes: STAY / MINUTE }],
    limitPerPersonAndDay: 5,
  });
}

/** The evening that the change is in, and the first and last beginning of it, reckoned by the real hours that pass. */
function evening({ at, before, after }: ClockChange) {
  const midnight = Math.floor((at + before) / DAY) * DAY;
  const [from, last] = [midnight - before - 4 * HOUR, midnight - after + 4 * HOUR - STAY];
  const starts = Array.from({ length: (last - from) / SLOT + 1 }, (_, index) => from + index * SLOT);
  return { day: dateOf(midnight - 1), starts };
}

describe('the night on which clocks go forward', () => {
  const change = nextClockChange('FORWARD');
  const { at, before, after } = change;
  const { day, starts } = evening(change);
  let place: OpenRestaurant;

  beforeAll(async () => {
    place = await nightRestaurant(change);
  });

  it('is an hour shorter, and has no time of the hour that is skipped', async () => {
    const slots = await daySlots(owner, place.restaurantId, day);
    expect(slots.map(({ startsAt }) => Date.parse(startsAt))).toEqual(starts);
    // Seven hours pass between eight in the evening and four in the morning.
    expect((starts.at(-1) ?? 0) + STAY - (starts[0] ?? 0)).toBe(7 * HOUR);
    expect(slots.map(({ localTime }) => localTime)).toEqual(
      starts.map((start) => wallText(start, start < at ? before : after)),
    );
    const skipped = slots.filter(
      ({ localTime }) => localTime >= wallText(at, before).slice(0, 16) && localTime < wallText(at, after),
    );
    expect(skipped).toEqual([]);
  });

  it('refuses the skipped hour with the nearest free times, and stores nothing', async () => {
    const diner = await newPerson(system, 'Diner');
    // Half past two, as who has not heard of the change writes it: with the evening's offset, or with none.
    const startsAt = wallText(at + 30 * MINUTE, before);
    const answer = await reserveTable(diner, place, { startsAt });
    expect(answer).toMatchObject({ __typename: 'TableRefused', code: 'OUTSIDE_HOURS' });
    expect(answer.freeTimes?.map((time) => Date.parse(time.startsAt))).toEqual(
      [0, 1, 2, 3, 4].map((slots) => at - slots * SLOT),
    );
    await expect(reserveTable(diner, place, { startsAt: startsAt.slice(0, 16) })).rejects.toThrow(
      /no instant/,
    );
    expect(await daySheetOf(owner, place.restaurantId, day)).toEqual([]);
  });

  it('seats parties for the time that passes, not for what the clock shows', async () => {
    const [early, late, last] = (await newPeople(system, 3)) as [Person, Person, Person];
    const across = await reserved(early, place, { startsAt: iso(at - SLOT) });
    expect(across).toMatchObject({ status: 'CONFIRMED', day, endsAt: iso(at + SLOT) });
    // Until half past three by the clock: three o'clock is taken, half an hour and not an hour and a half after.
    const refused = await reserveTable(late, place, { startsAt: iso(at) });
    expect(refused).toMatchObject({ code: 'SOLD_OUT' });
    expect(refused.freeTimes?.[0]?.startsAt).toBe(iso(at - SLOT - STAY));
    expect(await reserved(last, place, { startsAt: iso(at - SLOT - STAY) })).toMatchObject({
      status: 'CONFIRMED',
      day,
    });
    expect((await daySheetOf(owner, place.restaurantId, day)).map(({ startsAt }) => startsAt)).toEqual([
      iso(at - SLOT - STAY),
      iso(at - SLOT),
    ]);
  });
});

describe('the night on which clocks go back', () => {
  const change = nextClockChange('BACK');
  const { at, before, after } = change;
  const { day, starts } = evening(change);
  let place: OpenRestaurant;

  beforeAll(async () => {
    place = await nightRestaurant(change);
  });

  it('is an hour longer, and has the times of the repeated hour twice, as two instants', async () => {
    const slots = await daySlots(owner, place.restaurantId, day);
    expect(slots.map(({ startsAt }) => Date.parse(startsAt))).toEqual(starts);
    expect((starts.at(-1) ?? 0) + STAY - (starts[0] ?? 0)).toBe(9 * HOUR);
    expect(slots.map(({ localTime }) => localTime)).toEqual(
      starts.map((start) => wallText(start, start < at ? before : after)),
    );
    const twice = slots.filter(
      ({ localTime }, index) =>
        slots.findIndex((other) => other.localTime.slice(0, 16) === localTime.slice(0, 16)) < index,
    );
    expect(twice.map(({ startsAt }) => Date.parse(startsAt))).toEqual([at, at + SLOT]);
  });

  it('books both instants of one wall time on one table, and nothing between them', async () => {
    const [first, second, between] = (await newPeople(system, 3)) as [Person, Person, Person];
    const [one, other] = [at - SLOT, at + SLOT];
    expect(wallText(one, before).slice(0, 16)).toBe(wallText(other, after).slice(0, 16));
    const answers = await Promise.all([
      reserved(first, place, { startsAt: wallText(one, before) }),
      reserved(second, place, { startsAt: wallText(other, after) }),
    ]);
    expect(answers).toMatchObject([
      { status: 'CONFIRMED', startsAt: iso(one), endsAt: iso(other), day },
      { status: 'CONFIRMED', startsAt: iso(other), endsAt: iso(other + STAY), day },
    ]);
    const refused = await reserveTable(between, place, { startsAt: iso(at) });
    expect(refused).toMatchObject({ code: 'SOLD_OUT' });
    expect(refused.freeTimes?.[0]?.startsAt).toBe(iso(one - STAY));
    expect(await daySheetOf(owner, place.restaurantId, day)).toMatchObject([
      { startsAt: iso(one), tables: ['1'] },
      { startsAt: iso(other), tables: ['1'] },
    ]);

    // From the first of the two to the second is a change like any other, and to one that is taken it is none.
    expect(await changeReservation(first, answers[0].id, { startsAt: iso(other) })).toMatchObject({
      code: 'SOLD_OUT',
    });
    expect(await readReservation(first, answers[0].id)).toMatchObject({ startsAt: iso(one) });
    const moved = await changeReservation(second, answers[1].id, { startsAt: iso(one - STAY) });
    expect(moved.reservation).toMatchObject({ startsAt: iso(one - STAY), day });
    const late = await changeReservation(first, answers[0].id, { startsAt: iso(other) });
    expect(late.reservation).toMatchObject({ startsAt: iso(other), endsAt: iso(other + STAY), day });
  });
});

describe('a restaurant that closes at one', () => {
  const ZONE = 'Europe/Paris';
  // Some days from now, so that nothing is past and no limit of others is met.
  const day = dateOf(Date.now() + 4 * DAY);
  const nextDay = dateOf(Date.now() + 5 * DAY);
  const local = (date: string, minutes: number): string => {
    const wall = Date.parse(date) + minutes * MINUTE;
    return iso(wall - zoneOffset(ZONE, wall - zoneOffset(ZONE, wall)));
  };
  const halfPastEleven = local(day, 23 * 60 + 30);
  const midnight = local(day, 24 * 60);
  const halfPastMidnight = local(day, 24 * 60 + 30);
  let place: OpenRestaurant;

  beforeAll(async () => {
    place = await newRestaurant(system, owner, {
      areas: ONE_TABLE,
      hours: { opens: '18:00', closes: '01:00' },
      durations: [{ upToPartySize: 60, minutes: 30 }],
      limitPerPersonAndDay: 1,
    });
  });

  it('has times until half an hour before, all of the evening', async () => {
    const slots = await daySlots(owner, place.restaurantId, day);
    expect(slots.map(({ localTime }) => localTime.slice(0, 16))).toEqual([
      ...Array.from({ length: 6 }, (_, hour) => [`${day}T${18 + hour}:00`, `${day}T${18 + hour}:30`]).flat(),
      `${nextDay}T00:00`,
      `${nextDay}T00:30`,
    ]);
  });

  it('is open until then, and not after', async () => {
    const isOpen = async (at: string): Promise<boolean> => {
      const { edges } = await owner.ask<{ edges: readonly { node: { id: string } }[] }>(
        `query ($at: DateTime!, $words: String!) {
          answer: restaurants(filter: { openAt: $at, words: $words }) { edges { node { id } } }
        }`,
        { at, words: place.name },
      );
      const { openAt } = await owner.ask<{ openAt: boolean }>(
        `query ($id: ID!, $at: DateTime!) { answer: restaurant(id: $id) { openAt(at: $at) } }`,
        { id: place.restaurantId, at },
      );
      expect(edges.some(({ node }) => node.id === place.restaurantId)).toBe(openAt);
      return openAt;
    };
    expect(await isOpen(local(day, 17 * 60 + 59))).toBe(false);
    expect(await isOpen(local(day, 18 * 60))).toBe(true);
    expect(await isOpen(halfPastEleven)).toBe(true);
    expect(await isOpen(local(day, 24 * 60 + 59))).toBe(true);
    expect(await isOpen(local(day, 25 * 60))).toBe(false);
  });

  it('seats past midnight on the evening before: its day sheet, its limit', async () => {
    const [diner, nightOwl] = (await newPeople(system, 2)) as [Person, Person];
    const late = await reserved(diner, place, { startsAt: halfPastEleven });
    expect(late).toMatchObject({ status: 'CONFIRMED', day, endsAt: midnight });
    // One a day: half past midnight is still that day.
    const second = await reserveTable(diner, place, { startsAt: halfPastMidnight });
    expect(second).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    const night = await reserved(nightOwl, place, { startsAt: halfPastMidnight });
    expect(night).toMatchObject({ status: 'CONFIRMED', day });
    // The evening of the same date is another day.
    const following = await reserved(nightOwl, place, { startsAt: local(nextDay, 19 * 60) });
    expect(following).toMatchObject({ status: 'CONFIRMED', day: nextDay });
    expect(await daySheetOf(owner, place.restaurantId, day)).toMatchObject([
      { id: late.id, startsAt: halfPastEleven, day },
      { id: night.id, startsAt: halfPastMidnight, day },
    ]);
    expect(await daySheetOf(owner, place.restaurantId, nextDay)).toMatchObject([{ id: following.id }]);
    // Across midnight it is the same day: whoever has had his share may still move within it.
    const moved = await changeReservation(diner, late.id, { startsAt: midnight });
    expect(moved.reservation).toMatchObject({ startsAt: midnight, endsAt: halfPastMidnight, day });
  });

  it('refuses what would begin too late, and shows the free times of that night', async () => {
    const late = await newPerson(system, 'Late');
    await waitUntil(
      async () =>
        (await daySlots(owner, place.restaurantId, day)).filter(({ state }) => state === 'SOLD_OUT')
          .length === 2,
      'what is taken to be shown',
    );
    for (const minutes of [24 * 60 + 45, 25 * 60, 26 * 60]) {
      const answer = await reserveTable(late, place, { startsAt: local(day, minutes) });
      expect(answer).toMatchObject({ __typename: 'TableRefused', code: 'OUTSIDE_HOURS' });
      expect(answer.freeTimes?.slice(0, 2).map(({ startsAt }) => startsAt)).toEqual([
        halfPastEleven,
        local(day, 23 * 60),
      ]);
    }
  });
});

describe('a night that is under way, past midnight', () => {
  // Wherever it is between one and two in the morning now.
  const ahead = ((1 - new Date().getUTCHours() + 36) % 24) - 12;
  const timeZone = ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  const today = Math.floor((Date.now() + ahead * HOUR) / DAY) * DAY - ahead * HOUR;

  it('still has its free times, for who asks for one of that night', async () => {
    const place = await newRestaurant(system, owner, {
      areas: ONE_TABLE,
      timeZone,
      hours: { opens: '18:00', closes: '03:30' },
      durations: [{ upToPartySize: 60, minutes: 30 }],
    });
    const diner = await newPerson(system, 'Diner');
    const last = today + 3 * HOUR;
    const refused = await reserveTable(diner, place, { startsAt: iso(last + 15 * MINUTE) });
    expect(refused).toMatchObject({ code: 'OUTSIDE_HOURS' });
    expect(refused.freeTimes?.[0]?.startsAt).toBe(iso(last));
    expect(await reserved(diner, place, { startsAt: iso(last) })).toMatchObject({
      status: 'CONFIRMED',
      day: dateOf(today + ahead * HOUR - DAY),
    });
  });
});
