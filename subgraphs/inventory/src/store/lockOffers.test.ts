import type * as testing from '../testing/createTestStore.js';
import type * as locking from './lockOffers.js';
import type * as reading from './readBook.js';

let locks = false;

/** Two groups meet here after reading, before anything is decided; the third and later pass. */
let meeting: { arrived: number; readonly meet: () => Promise<void> } | null = null;

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
const { createTestStores, holdOf } = jest.requireActual<typeof testing>('../testing/createTestStore.js');

/** Makes the race happen every time: both processes have read before one of them writes. */
function arrangeMeeting(): void {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const place = {
    arrived: 0,
    async meet(): Promise<void> {
      place.arrived += 1;
      if (place.arrived === 2) open();
      await opened;
    },
  };
  meeting = place;
}

describe('the lock of offers', () => {
  let system: testing.TestStores;

  beforeEach(async () => {
    system = await createTestStores();
    meeting = null;
  });
  afterEach(async () => system.stop());

  /** Units for which somebody was told "held", out of 5, when two processes ask for 5 and 5. */
  async function unitsGivenOut(): Promise<number> {
    const offer = await system.offer(await system.listing(), { total: 5 });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => system.stores[index % 2 === 0 ? 0 : 1].hold(holdOf(offer))),
    );
    return answers.filter(({ __typename }) => __typename === 'OffersHeld').length;
  }

  async function dropGuards(): Promise<void> {
    await system.pool.query(
      `alter table offer drop constraint offer_never_oversold;
       alter table person_units drop constraint person_units_within_limit;
       drop trigger listing_within_maximum on listing`,
    );
  }

  test('control: without it, and without the constraints behind it, more is given out than there is', async () => {
    locks = false;
    await dropGuards();
    arrangeMeeting();
    expect(await unitsGivenOut()).toBe(10);
  });

  test('without it, the constraints still refuse what a wrong program writes', async () => {
    locks = false;
    arrangeMeeting();
    expect(await unitsGivenOut()).toBe(5);
  });

  test('with it, exactly what there is, also without the constraints', async () => {
    locks = true;
    await dropGuards();
    expect(await unitsGivenOut()).toBe(5);
  });
});
