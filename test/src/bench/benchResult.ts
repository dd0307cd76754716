/** One figure of a benchmark, beside the baseline measured in the same run. */
export interface BenchResult {
  readonly name: string;
  /** What the figures count: `holds/s`. */
  readonly unit: string;
  readonly value: number;
  /** The best that the simple way reached. */
  readonly baseline: number;
  /** `value / baseline`. */
  readonly ratio: number;
  /** How it was measured: clients, connections. */
  readonly note: string;
}
