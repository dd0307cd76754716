/** Values of a metric's labels. Few and known: never an id of a person or a thing. */
export type Labels = Readonly<Record<string, string>>;

/** One value of a gauge. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** Counts what has happened since the process began. */
export interface Counter {
  /** @param by how many, default 1. */
  add(labels?: Labels, by?: number): void;
}

/** Counts measurements by size. */
export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

/** What a gauge shows, and how it finds out. */
export interface GaugeOptions {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** The present values. One that rejects or takes longer than 2 s is left out of the answer, and counted. */
  readonly collect: () => Promise<readonly Sample[]> | readonly Sample[];
  /** For how long, in milliseconds, collected values are shown again. Default 5,000: a scrape never hammers a database. */
  readonly keepMs?: number;
}

/**
 * What a process tells Prometheus. Names begin with `foyer_` and end with their unit. Asking for a metric that is
 * there already gives the same one: the subgraphs of one process share theirs, told apart by labels.
 */
export interface Metrics {
  counter(options: {
    readonly name: string;
    readonly help: string;
    readonly labels?: readonly string[];
  }): Counter;
  histogram(options: {
    readonly name: string;
    readonly help: string;
    readonly labels?: readonly string[];
    /** Upper bounds, in the metric's unit. */
    readonly buckets: readonly number[];
  }): Histogram;
  /** Adds values to a gauge. @returns takes them away again. */
  gauge(options: GaugeOptions): () => void;
  /** All of it, in Prometheus' text format. Never rejects. */
  text(): Promise<string>;
  /** The format's media type. */
  readonly contentType: string;
}
