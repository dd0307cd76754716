/**
 * How often something can be done per second by so many clients, each doing it again as soon as it is done.
 * @param seconds how long is measured, after a warm-up of a quarter of it.
 * @throws what one of them throws.
 */
export async function measureRate(
  clients: number,
  seconds: number,
  once: () => Promise<void>,
): Promise<number> {
  await during(clients, seconds / 4, once);
  const started = performance.now();
  const done = await during(clients, seconds, once);
  return done / ((performance.now() - started) / 1000);
}

async function during(clients: number, seconds: number, once: () => Promise<void>): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      await once();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return done;
}
