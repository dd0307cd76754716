import { createTurns } from './createTurns.js';

describe('createTurns', () => {
  it('runs work on one key one after the other, also after a failure', async () => {
    const turns = createTurns();
    const log: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      log.push(`${name} begins`);
      await new Promise(setImmediate);
      log.push(`${name} ends`);
      if (name === 'a') throw new Error('a failed');
    };
    const first = turns.run('key', work('a'));
    const second = turns.run('key', work('b'));
    await expect(first).rejects.toThrow('a failed');
    await second;
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('lets different keys run together', async () => {
    const turns = createTurns();
    let free = (): void => undefined;
    const waits = turns.run('one', () => new Promise<void>((resolve) => (free = resolve)));
    await turns.run('other', () => Promise.resolve());
    free();
    await waits;
  });
});
