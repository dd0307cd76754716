import type { BenchOptions, BenchResult } from '../benchResult.js';
import { benchBookings } from './benchBookings.js';
import { benchTableSearch } from './benchTableSearch.js';

/** What is asked of tables most. */
export async function benchTables(options: BenchOptions): Promise<BenchResult[]> {
  return [...(await benchBookings(options)), ...(await benchTableSearch(options))];
}
