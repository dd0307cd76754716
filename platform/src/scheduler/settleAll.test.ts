import { settleAll } from './settleAll.js';

describe('settleAll', () => {
  test('gives the results in order', async () => {
    expect(await settleAll([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
    expect(await settleAll([])).toEqual([]);
  });

  test('throws what failed only when nothing is under way any more', async () => {
    const ended: string[] = [];
    let end: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      end = resolve;
    }).then(() => void ended.push('slow'));
    const all = settleAll([Promise.reject(new Error('no')), slow]).catch((error: unknown) =>
      ended.push(String(error)),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toEqual([]);
    end();
    await all;
    expect(ended).toEqual(['slow', 'Error: no']);
  });
});
