/** Gathers the values of a statement that is put together. */
export class SqlValues {
  readonly all: unknown[] = [];

  /** @returns the value's placeholder, `$3`. */
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}
