/** One figure of a benchmark, beside the baseline measured in the same run. */
export interface BenchResult {
  readonly name: string;
  /** What the figures count: `holds/s`. */
  readonly unit: string;
  readonly value: number;
  /** The best that the simple way reached; null where there is none to compare with. */
  readonly baseline: number | null;
  /** `value / baseline`; null without one. */
  readonly ratio: number | null;
  /** What it is to be, where that was decided: `at least 20 times`. */
  readonly aim?: string;
  /** How it was measured: clients, connections. */
  readonly note: string;
}

/** How every benchmark is run. */
export interface BenchOptions {
  /** Of a Postgres that makes commits durable, as an administrator. */
  readonly adminUrl: string;
  /** How long each figure is measured. */
  readonly seconds: number;
  /** Told what is being done. */
  readonly log: (line: string) => void;
}
