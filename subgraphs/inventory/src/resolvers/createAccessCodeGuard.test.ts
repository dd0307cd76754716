import { createMemoryRateLimiter } from '@foyer/platform';
import { createAccessCodeGuard, type AccessCodeGuard } from './createAccessCodeGuard.js';

describe('the guard of access codes', () => {
  let guard: AccessCodeGuard;
  beforeEach(() => {
    guard = createAccessCodeGuard(createMemoryRateLimiter(), 10);
  });

  const person = (personId: string, network = `network of ${personId}`) => ({ personId, network });
  const guest = (network: string) => ({ personId: null, network });
  const shows = async (
    from: Parameters<AccessCodeGuard['show']>[0],
    rights: readonly boolean[],
    listing = 'listing',
  ): Promise<number> => {
    const answers = await Promise.all(rights.map((right) => guard.show(from, listing, right)));
    return answers.filter((wait) => wait === 0).length;
  };
  const wrong = (times: number): readonly boolean[] => Array.from({ length: times }, () => false);
  const right = (times: number): readonly boolean[] => Array.from({ length: times }, () => true);

  test('a person’s wrong codes count, also at once; right ones never do', async () => {
    expect(await shows(person('lan'), right(100))).toBe(100);
    expect(await shows(person('lan'), wrong(40))).toBe(10);
  });

  test('a guess that comes too late tells nothing, right or wrong', async () => {
    expect(await shows(person('lan'), [...wrong(11), true])).toBe(10);
    expect(await guard.show(person('lan'), 'other', true)).toBeGreaterThan(0);
  });

  test('a network has only so many, however many people it makes up', async () => {
    let answered = 0;
    for (let each = 0; each < 20; each += 1)
      answered += await shows(person(`p${String(each)}`, 'one'), wrong(10), `l${String(each)}`);
    expect(answered).toBe(50);
  });

  test('a siege from everywhere slows everybody down and locks out nobody who has the code', async () => {
    for (let each = 0; each < 20; each += 1) await shows(guest(`n${String(each)}`), wrong(10));
    expect(await guard.show(guest('new'), 'listing', true)).toBeGreaterThan(0);
    expect(await guard.show(person('fan'), 'listing', true)).toBe(0);
    expect(await shows(person('mistaken'), wrong(5))).toBe(1);
    // Other listings are not concerned.
    expect(await guard.show(guest('new'), 'other', true)).toBe(0);
  });
});
