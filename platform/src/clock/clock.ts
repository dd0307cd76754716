/** Where time comes from outside the database. Injected, so that tests can set it. */
export interface Clock {
  /** The present instant. */
  now(): Date;
}

/** The process's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. For tests. */
export class ManualClock implements Clock {
  private instant: number;

  constructor(start: Date = new Date('2026-01-01T00:00:00Z')) {
    this.instant = start.getTime();
  }

  now(): Date {
    return new Date(this.instant);
  }

  /** Moves the clock forward. */
  advance(milliseconds: number): void {
    this.instant += milliseconds;
  }

  /** Puts the clock to an instant. */
  set(instant: Date): void {
    this.instant = instant.getTime();
  }
}
