/** A dependency's check: resolves when it answers, rejects with what is wrong. */
export type HealthCheck = () => Promise<unknown>;

/** The state of a process's dependencies. */
export interface HealthReport {
  readonly ready: boolean;
  /** By dependency: `ok`, or what is wrong. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Asks every dependency at once; one that does not answer in time counts as down. */
export async function checkHealth(
  checks: Readonly<Record<string, HealthCheck>>,
  timeoutMs = 2000,
): Promise<HealthReport> {
  const states = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, string]> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error(`no answer within ${timeoutMs} ms`));
        }, timeoutMs);
      });
      try {
        await Promise.race([check(), late]);
        return [name, 'ok'];
      } catch (error) {
        return [name, error instanceof Error ? error.message : String(error)];
      } finally {
        clearTimeout(timer);
      }
    }),
  );
  return { ready: states.every(([, state]) => state === 'ok'), dependencies: Object.fromEntries(states) };
}
