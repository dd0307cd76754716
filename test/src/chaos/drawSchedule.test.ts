import { drawSchedule } from './drawSchedule.js';
import { drawStories, type StoryPlan } from './drawStories.js';
import { FAULTS } from './faults.js';
import { SALES, STORIES } from './mix.js';
import { createRandom, type Random } from './random.js';

const first = (count: number, random: Random): readonly StoryPlan[] => {
  const stories = drawStories(random, 2);
  return Array.from({ length: count }, () => stories.next().value);
};

describe('a seed', () => {
  it('gives the same schedule and the same stories again, and another gives others', () => {
    const drawn = (seed: string) => {
      const random = createRandom(seed);
      return [drawSchedule(random.fork('faults'), 120_000), first(50, random.fork('person 3'))];
    };
    expect(drawn('7')).toEqual(drawn('7'));
    expect(drawn('7')).not.toEqual(drawn('8'));
  });

  it('lets one part draw as much as it likes and changes nothing for another', () => {
    const random = createRandom('7');
    const before = first(5, random.fork('a'));
    first(100, random.fork('b'));
    random.next();
    expect(first(5, random.fork('a'))).toEqual(before);
  });
});

describe('a schedule', () => {
  it.each([30_000, 120_000, 1_200_000])('has every kind of fault in order of time, in %i ms', (length) => {
    const faults = drawSchedule(createRandom('7'), length);
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FAULTS)));
    expect(faults.map(({ at }) => at)).toEqual(faults.map(({ at }) => at).sort((a, b) => a - b));
    expect(faults.filter(({ at }) => at < 0 || at > length)).toEqual([]);
    expect(faults.filter(({ kind }) => kind === 'poison message')).toHaveLength(1);
  });
});

describe('the stories', () => {
  it('are of every kind, at every kind of sale', () => {
    const stories = first(1000, createRandom('7'));
    expect(new Set(stories.map(({ kind }) => kind))).toEqual(new Set(Object.keys(STORIES)));
    expect(new Set(stories.map(({ sale }) => sale))).toEqual(new Set(Object.keys(SALES)));
    for (const { kind, sale } of stories) expect(Object.keys(STORIES[kind].at)).toContain(sale);
  });
});

describe('chance', () => {
  it('is even enough, and stays within its bounds', () => {
    const random = createRandom('7');
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 6000; draw += 1) {
      const number = random.integer(1, 6);
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
