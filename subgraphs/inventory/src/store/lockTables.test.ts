import type * as testing from '../testing/createTestStore.js';
import { areaOfSeats, areaOfTables } from '../testing/createTestRestaurant.js';
import type { AreaConfiguration } from '../domain/tables/restaurant.js';
import type * as locking from './lockOffers.js';
import type * as reading from './readBook.js';

let locks = false;

/** Two groups meet here after reading, before anything is decided; the third and later pass. */
let meeting: { readonly meet: () => Promise<void> } | null = null;

jest.mock('./lockOffers.js', () => {
  const real = jest.requireActual<typeof locking>('./lockOffers.js');
  return {
    lockOffers: (...input: Parameters<typeof real.lockOffers>) =>
      locks ? real.lockOffers(...input) : Promise.resolve(),
  };
});

jest.mock('./readBook.js', () => {
  const real = jest.requireActual<typeof reading>('./readBook.js');
  return {
    readBook: async (...input: Parameters<typeof real.readBook>) => {
      const book = await real.readBook(...input);
      await meeting?.meet();
      return book;
    },
  };
});

// Loaded after the modules are replaced.
const { createTestStores } = jest.requireActual<typeof testing>('../testing/createTestStore.js');

/** Makes the race happen every time: both processes have read before one of them writes. */
function arrangeMeeting(): void {
  let arrived = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  meeting = {
    async meet() {
      arrived += 1;
      if (arrived === 2) open();
      await opened;
    },
  };
}

describe('the guards of the last table', () => {
  let system: testing.TestStores;

  beforeEach(async () => {
    system = await createTestStores();
    meeting = null;
  });
  afterEach(async () => system.stop());

  /** How many of five, who ask two processes at once for the last place for two, are told that they have it. */
  async function winners(area: AreaConfiguration): Promise<number> {
    const place = await system.restaurant({ areas: [area] });
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => system.stores[index % 2 === 0 ? 0 : 1].hold(place.hold(0, 2))),
    );
    return answers.filter(
      (answer) => answer.status === 'fulfilled' && answer.value.__typename === 'OffersHeld',
    ).length;
  }

  async function dropGuards(): Promise<void> {
    await system.pool.query(
      `alter table seating_table drop constraint seating_table_never_twice;
       alter table slot_seats drop constraint slot_seats_never_overfilled`,
    );
  }

  const areas = [
    ['a table', areaOfTables([2])],
    ['two seats', areaOfSeats(2)],
  ] as const;

  test.each(areas)('control: without lock and constraints, more than one gets %s', async (_, area) => {
    locks = false;
    await dropGuards();
    arrangeMeeting();
    expect(await winners(area)).toBe(2);
  });

  test.each(areas)('without the lock, the constraints still give %s to one', async (_, area) => {
    locks = false;
    arrangeMeeting();
    expect(await winners(area)).toBe(1);
  });

  test.each(areas)('with the lock, one gets %s, also without the constraints', async (_, area) => {
    locks = true;
    await dropGuards();
    expect(await winners(area)).toBe(1);
  });
});
