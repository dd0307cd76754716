import { createGate, GateFull } from './createGate.js';

/** Work that ends when it is told to. */
function held(): { readonly work: () => Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { work: () => done, end };
}

describe('createGate', () => {
  it('runs no more at a time than it is wide, in order of arrival', async () => {
    const gate = createGate(2, 100);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        gate.run(async () => {
          running += 1;
          most = Math.max(most, running);
          order.push(index);
          await new Promise(setImmediate);
          running -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('turns away whoever finds the queue full, and goes on afterwards', async () => {
    const gate = createGate(1, 1);
    const [first, second] = [held(), held()];
    const running = gate.run(first.work);
    const waiting = gate.run(second.work);
    await expect(gate.run(first.work)).rejects.toBeInstanceOf(GateFull);
    first.end();
    second.end();
    await Promise.all([running, waiting]);
    await expect(gate.run(() => Promise.resolve('through'))).resolves.toBe('through');
  });

  it('frees the place of work that fails', async () => {
    const gate = createGate(1, 1);
    await expect(gate.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(gate.run(() => Promise.resolve('through'))).resolves.toBe('through');
  });
});
