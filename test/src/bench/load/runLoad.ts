import { setTimeout as delay } from 'node:timers/promises';
import { JOBS } from './jobs.js';
import type { LoadOrder, LoadResult } from './loadOrder.js';
import { createLoadPerson, type LoadPerson } from './people.js';

/** Has people do a job for some time, and waits until the last has ended. */
export async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const resting = order.tokens.map((token) => createLoadPerson(order.endpoint, token));
  let done = 0;
  let failed = 0;
  let failure: string | null = null;
  const once = async (person: LoadPerson): Promise<void> => {
    try {
      await JOBS[order.job](person, order);
      done += 1;
    } catch (error) {
      failed += 1;
      failure ??= error instanceof Error ? error.message : String(error);
    } finally {
      resting.push(person);
    }
  };
  const started = performance.now();
  await (order.perSecond === null
    ? inTurn(order, resting, once)
    : atRate(order, order.perSecond, resting, once));
  return { done, failed, failure, seconds: (performance.now() - started) / 1000 };
}

type Once = (person: LoadPerson) => Promise<void>;

/** So many at once, each again as soon as it has ended. */
async function inTurn({ clients, seconds }: LoadOrder, resting: LoadPerson[], once: Once): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const person = resting.shift();
      if (!person) throw new Error('fewer people than clients');
      await once(person);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** Evenly over time, whatever the answers take. Somebody who is not free is not asked: that one is lost, and missed. */
async function atRate(
  { seconds }: LoadOrder,
  perSecond: number,
  resting: LoadPerson[],
  once: Once,
): Promise<void> {
  const started = performance.now();
  const underWay: Promise<void>[] = [];
  for (let nr = 0; nr < seconds * perSecond; nr += 1) {
    const wait = started + (nr * 1000) / perSecond - performance.now();
    if (wait > 0) await delay(wait);
    const person = resting.shift();
    if (person) underWay.push(once(person));
  }
  await Promise.all(underWay);
}
