import { describeError } from './describeError.js';

/** A dependency's check: resolves when it answers, rejects with what is wrong; with `Degraded` when one can do without. */
export type HealthCheck = () => Promise<unknown>;

/** What a check rejects with when something is wrong and yet everything is served. */
export class Degraded extends Error {
  override readonly name = 'Degraded';
}

/** The state of a process's dependencies. */
export interface HealthReport {
  readonly ready: boolean;
  /** By dependency: `ok`; `degraded: ` and what is wrong, which is no reason not to be ready; or what is wrong. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Asks every dependency at once; one that does not answer in time counts as down. */
export async function checkHealth(
  checks: Readonly<Record<string, HealthCheck>>,
  timeoutMs = 2000,
): Promise<HealthReport> {
  const states = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<readonly [string, string, boolean]> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error(`no answer within ${timeoutMs} ms`));
        }, timeoutMs);
      });
      try {
        await Promise.race([check(), late]);
        return [name, 'ok', true];
      } catch (error) {
        const what = describeError(error);
        return error instanceof Degraded ? [name, `degraded: ${what}`, true] : [name, what, false];
      } finally {
        clearTimeout(timer);
      }
    }),
  );
  return {
    ready: states.every(([, , serves]) => serves),
    dependencies: Object.fromEntries(states.map(([name, state]) => [name, state])),
  };
}
