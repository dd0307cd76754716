import { createLane } from './createLane.js';

describe('createLane', () => {
  function laneOf(
    fail: (group: readonly number[]) => Error | null = () => null,
    maxGroup = 100,
    mayRetry = true,
  ) {
    const groups: (readonly number[])[] = [];
    const gates: (() => void)[] = [];
    const lane = createLane<number, string>({
      maxGroup,
      mayRetry: () => mayRetry,
      async run(group) {
        groups.push(group);
        await new Promise<void>((resolve) => gates.push(resolve));
        const error = fail(group);
        if (error) throw error;
        return group.map((number) => `answer to ${number}`);
      },
    });
    /** Lets the group in flight go on, as soon as there is one. */
    const pass = async (): Promise<void> => {
      while (gates.length === 0) await Promise.resolve();
      gates.shift()?.();
    };
    return { lane, groups, pass };
  }

  test('what arrives while a group is in flight makes the next one, in order', async () => {
    const { lane, groups, pass } = laneOf();
    const answers = [lane.submit(1)];
    await pass();
    answers.push(lane.submit(2), lane.submit(3));
    await pass();
    expect(await Promise.all(answers)).toEqual(['answer to 1', 'answer to 2', 'answer to 3']);
    expect(groups).toEqual([[1], [2, 3]]);
  });

  test('what is submitted in one turn is one group, of at most so many', async () => {
    const { lane, groups, pass } = laneOf(undefined, 2);
    const answers = Promise.all([1, 2, 3].map((number) => lane.submit(number)));
    await pass();
    await pass();
    await answers;
    expect(groups).toEqual([[1, 2], [3]]);
  });

  test('a group that fails is tried request by request', async () => {
    const { lane, groups, pass } = laneOf((group) => (group.includes(2) ? new Error('2 is wrong') : null));
    const answers = Promise.allSettled([1, 2, 3].map((number) => lane.submit(number)));
    for (let count = 0; count < 4; count += 1) await pass();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(groups).toEqual([[1, 2, 3], [1], [2], [3]]);
    await lane.idle();
  });

  test("a failure that is nobody's own fails the group", async () => {
    const { lane, groups, pass } = laneOf(() => new Error('no database'), 100, false);
    const answers = Promise.allSettled([1, 2].map((number) => lane.submit(number)));
    await pass();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(groups).toHaveLength(1);
  });
});
