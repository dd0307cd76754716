import type { BenchOptions, BenchResult } from './benchResult.js';
import { startBenchSystem, startDistributedBenchSystem } from './benchSystem.js';
import { bestOf, WAYS, withBuyers, type Purchases } from './purchases.js';

/**
 * Whole purchases per second of the distributed system, all its processes and engines on this machine, against the
 * one-process system on the same Postgres, one after the other.
 */
export async function benchDistributed(options: BenchOptions): Promise<BenchResult[]> {
  const alone = await measure(await startBenchSystem(options.adminUrl), options);
  const distributed = await measure(await startDistributedBenchSystem(options.adminUrl), options);
  return WAYS.map(({ name, note }, index) => {
    const [value, baseline] = [distributed[index]?.rate ?? 0, alone[index]?.rate ?? 0];
    return {
      name: `${name}, distributed`,
      unit: 'orders/s',
      value,
      baseline,
      ratio: value / baseline,
      note: `${note}; 11 processes on Kafka and Redis on the same cores; baseline: one process`,
    };
  });
}

async function measure(
  system: Awaited<ReturnType<typeof startDistributedBenchSystem>>,
  options: BenchOptions,
): Promise<readonly Purchases[]> {
  try {
    return await withBuyers(system, options, async (bench) => {
      const measured: Purchases[] = [];
      for (const way of WAYS) measured.push(await bestOf(bench, way));
      return measured;
    });
  } finally {
    await system.stop();
  }
}
