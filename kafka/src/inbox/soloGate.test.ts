import { createLimit } from './createLimit.js';
import { createSoloGate } from './soloGate.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the gate', () => {
  test('lets work run side by side, and one quite alone', async () => {
    const gate = createSoloGate();
    const running = new Set<string>();
    const together: string[][] = [];
    const work = (name: string) => async (): Promise<void> => {
      running.add(name);
      together.push([...running]);
      await turn();
      running.delete(name);
    };
    await Promise.all([
      gate.beside(work('a')),
      gate.beside(work('b')),
      gate.alone(work('x')),
      gate.beside(work('c')),
      gate.alone(work('y')),
      gate.beside(work('d')),
    ]);
    expect(together).toContainEqual(['a', 'b']);
    expect(together).toContainEqual(['x']);
    expect(together).toContainEqual(['y']);
    expect(together).toHaveLength(6);
    for (const each of together) {
      if (each.includes('x') || each.includes('y')) expect(each).toHaveLength(1);
    }
  });

  test('goes on after work that fails', async () => {
    const gate = createSoloGate();
    const fail = (): Promise<never> => Promise.reject(new Error('no'));
    await expect(gate.alone(fail)).rejects.toThrow('no');
    await expect(gate.beside(fail)).rejects.toThrow('no');
    await expect(gate.alone(async () => 1)).resolves.toBe(1);
    await expect(gate.beside(async () => 2)).resolves.toBe(2);
  });
});

describe('the limit', () => {
  test('runs so many at a time, in order, also after failures', async () => {
    const limit = createLimit(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.allSettled(
      [1, 2, 3, 4, 5].map((number) =>
        limit(async () => {
          running += 1;
          most = Math.max(most, running);
          order.push(number);
          await turn();
          running -= 1;
          if (number === 2) throw new Error('no');
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });
});
