/** An engine without which a process can't begin its work. */
export interface Dependency {
  /** Its name in health reports: `database`. */
  readonly name: string;
  /** For people: `Postgres at 127.0.0.1:5432 (database foyer_orders)`. */
  readonly what: string;
  /** Resolves when it answers; rejects with why not. @throws ConfigurationError when waiting can't help. */
  check(): Promise<unknown>;
}
