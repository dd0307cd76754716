import { createFairShare, type FairShare } from './createFairShare.js';

/** Work that ends when it is told to, and a list of what has begun. */
function createWorks(share: FairShare) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    start(name: string, cost: number, signal?: AbortSignal): Promise<string> {
      const [caller = ''] = name.split(' ');
      return share.run(caller, cost, signal, () => {
        begun.push(name);
        return new Promise((resolve) => {
          ends.set(name, () => {
            resolve(name);
          });
        });
      });
    },
    async end(name: string): Promise<void> {
      ends.get(name)?.();
      await this.turns();
    },
    /** Until what may begin has begun. */
    async turns(): Promise<void> {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

test('while there is room everybody runs at once, one caller within half of it', async () => {
  const works = createWorks(createFairShare({ capacity: 100, waiting: 10 }));
  for (const name of ['a 1', 'a 2', 'a 3', 'b 1', 'c 1']) void works.start(name, 25);
  await works.turns();
  expect(works.begun).toEqual(['a 1', 'a 2', 'b 1', 'c 1']);
});

test('when there is none callers are served in turn, however much one of them has waiting', async () => {
  const works = createWorks(createFairShare({ capacity: 100, waiting: 10 }));
  void works.start('a 1', 50);
  void works.start('b 1', 50);
  for (const name of ['a 2', 'a 3', 'a 4', 'b 2', 'c 1', 'd 1']) void works.start(name, 50);
  await works.end('a 1');
  expect(works.begun.slice(2)).toEqual(['a 2']);
  await works.end('a 2');
  expect(works.begun.slice(3)).toEqual(['c 1']);
  await works.end('b 1');
  expect(works.begun.slice(4)).toEqual(['b 2']);
  await works.end('c 1');
  await works.end('b 2');
  expect(works.begun.slice(5)).toEqual(['d 1', 'a 3']);
});

test('what is dear is not overtaken for ever by what is cheap', async () => {
  const works = createWorks(createFairShare({ capacity: 100, waiting: 10 }));
  for (const name of ['a 1', 'b 1', 'c 1']) void works.start(name, 30);
  void works.start('d dear', 1000);
  void works.start('e cheap', 10);
  expect(works.begun).toEqual(['a 1', 'b 1', 'c 1']);
  await works.end('a 1');
  await works.end('b 1');
  expect(works.begun.slice(3)).toEqual(['d dear', 'e cheap']);
});

test('a place is free again after work that failed', async () => {
  const share = createFairShare({ capacity: 2, waiting: 1 });
  await expect(share.run('a', 1, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await share.run('a', 1, undefined, () => Promise.resolve('yes'))).toBe('yes');
});

test('who waits too long or has too much waiting is refused, and what has begun is not touched', async () => {
  const works = createWorks(createFairShare({ capacity: 2, waiting: 1 }));
  const leaving = new AbortController();
  const running = works.start('a 1', 1, leaving.signal);
  const waiting = works.start('a 2', 1, leaving.signal);
  await expect(works.start('a 3', 1)).rejects.toMatchObject({ extensions: { code: 'TOO_BUSY' } });
  leaving.abort();
  await expect(waiting).rejects.toMatchObject({ extensions: { code: 'TOO_BUSY' } });
  await expect(works.start('a 4', 1, leaving.signal)).rejects.toMatchObject({
    extensions: { code: 'TOO_BUSY' },
  });
  await works.end('a 1');
  expect(await running).toBe('a 1');
  expect(works.begun).toEqual(['a 1']);
});
