/**
 * Begins one piece of work so many times a second, whether or not earlier ones have ended.
 *
 * @returns what each gave, when all have ended.
 */
export async function atRate<Result>(
  rate: number,
  seconds: number,
  once: () => Promise<Result>,
): Promise<readonly Result[]> {
  const started = performance.now();
  const running: Promise<Result>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = (performance.now() - started) / 1000;
      while (running.length < Math.min(elapsed, seconds) * rate) running.push(once());
      if (elapsed < seconds) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  return await Promise.all(running);
}
