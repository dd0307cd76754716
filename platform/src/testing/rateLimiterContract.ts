import type { RateLimit, RateLimiter } from '../rateLimiter/rateLimiter.js';
import { newId } from '../values/newId.js';

/** What every adapter of the rate limiter must do. @param create makes one that shares its counts with nobody. */
export function describeRateLimiterContract(
  adapter: string,
  create: () => Promise<RateLimiter> | RateLimiter,
): void {
  describe(`the rate limiter ${adapter}`, () => {
    const limitOf = (points: number, seconds = 60): RateLimit => ({
      name: `test-${newId()}`,
      points,
      seconds,
    });
    const allowed = async (limiter: RateLimiter, limit: RateLimit, key: string, attempts: number) => {
      const answers = await Promise.all(Array.from({ length: attempts }, () => limiter.consume(limit, key)));
      return answers.filter((answer) => answer.allowed).length;
    };

    it('allows exactly as many as it says, also when they come at once', async () => {
      expect(await allowed(await create(), limitOf(5), 'somebody', 40)).toBe(5);
    });

    it('counts down, and says in whole seconds when to come again', async () => {
      const [limiter, limit] = [await create(), limitOf(2, 30)];
      expect(await limiter.consume(limit, 'k')).toEqual({ allowed: true, remaining: 1, retryAfter: 0 });
      expect(await limiter.consume(limit, 'k')).toEqual({ allowed: true, remaining: 0, retryAfter: 0 });
      const refused = await limiter.consume(limit, 'k');
      expect(refused).toMatchObject({ allowed: false, remaining: 0 });
      expect(Number.isInteger(refused.retryAfter)).toBe(true);
      expect(refused.retryAfter).toBeGreaterThanOrEqual(1);
      expect(refused.retryAfter).toBeLessThanOrEqual(30);
    });

    it('looks without counting, in the order of arrival', async () => {
      const [limiter, limit] = [await create(), limitOf(2)];
      expect(await limiter.consume(limit, 'k', 0)).toEqual({ allowed: true, remaining: 2, retryAfter: 0 });
      await limiter.consume(limit, 'k');
      const answers = await Promise.all(
        ([0, 1, 0, 1, 0] as const).map((points) => limiter.consume(limit, 'k', points)),
      );
      expect(answers.map((answer) => answer.allowed)).toEqual([true, true, true, false, false]);
    });

    it('keeps people and limits apart', async () => {
      const [limiter, first, second] = [await create(), limitOf(1), limitOf(1)];
      expect(await allowed(limiter, first, 'a', 3)).toBe(1);
      expect(await allowed(limiter, first, 'b', 3)).toBe(1);
      expect(await allowed(limiter, second, 'a', 3)).toBe(1);
    });

    it('takes any key: long, empty, with signs', async () => {
      const [limiter, limit] = [await create(), limitOf(1)];
      for (const key of ['', 'x'.repeat(10_000), 'a}b{c', 'x\r\nFLUSHALL\r\n', 'tên@ví.dụ']) {
        expect(await allowed(limiter, limit, key, 2)).toBe(1);
      }
    });

    it('begins anew when the window is over', async () => {
      const [limiter, limit] = [await create(), limitOf(1, 1)];
      const begun = Date.now();
      expect(await allowed(limiter, limit, 'k', 2)).toBe(1);
      const again = async (): Promise<boolean> => (await limiter.consume(limit, 'k')).allowed;
      while (!(await again())) {
        if (Date.now() - begun > 10_000) throw new Error('the window never ends');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(Date.now() - begun).toBeGreaterThan(500);
    });
  });
}
