/** Where a request comes from, as far as it is known. */
export interface Client {
  readonly address: string;
  /** Digest of what it calls itself; null when that is not known. */
  readonly agent: string | null;
}
