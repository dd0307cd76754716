import type { LogRow } from './logRow.js';

/** Weight of the newest checkout in the running mean of their durations. */
const NEWEST = 0.1;
const RECENT_MS = 5 * 60_000;

/** What operators and estimates want to know of a line, kept row by row. */
export class LineFigures {
  private joinedCount = 0;
  private waitingCount = 0;
  private completedCount = 0;
  private droppedCount = 0;
  private admittedCount = 0;
  private taken = 0;
  private meanMs: number | null = null;
  private readonly admittedAt = new Map<number, number>();
  private recentAdmissions: number[] = [];

  /** Everybody who ever joined. */
  get joined(): number {
    return this.joinedCount;
  }

  /** Those who wait now. */
  get waiting(): number {
    return this.waitingCount;
  }

  get admitted(): number {
    return this.admittedCount;
  }

  get completed(): number {
    return this.completedCount;
  }

  /** Those who left or were gone, before or after their turn, without buying. */
  get dropped(): number {
    return this.droppedCount;
  }

  /** Places taken of the N. */
  get inCheckout(): number {
    return this.taken;
  }

  /** Mean time that a place was taken, in milliseconds, newer ones weighing more; null while none was freed. */
  get meanCheckoutMs(): number | null {
    return this.meanMs;
  }

  /** Admissions within the last five minutes before `now`, per minute. */
  admissionsPerMinute(now: Date): number {
    const since = now.getTime() - RECENT_MS;
    return this.recentAdmissions.filter((at) => at > since).length / (RECENT_MS / 60_000);
  }

  /** Takes a row of the log in. */
  apply({ kind, entrySeq, place, at }: LogRow): void {
    this.taken += place;
    const time = at.getTime();
    if (place === -1 && entrySeq !== null) this.noteFreed(entrySeq, time);
    switch (kind) {
      case 'JOINED':
        this.joinedCount += 1;
        this.waitingCount += 1;
        break;
      case 'ADMITTED':
        this.waitingCount -= 1;
        this.admittedCount += 1;
        this.admittedAt.set(entrySeq ?? 0, time);
        this.noteAdmission(time);
        break;
      case 'COMPLETED':
        this.completedCount += 1;
        break;
      case 'LEFT':
      case 'EXPIRED':
        this.droppedCount += 1;
        if (!this.admittedAt.has(entrySeq ?? 0) && place === 0) this.waitingCount -= 1;
        break;
      case 'ENDED':
        this.waitingCount -= 1;
        break;
      case 'CONFIGURED':
      case 'OPENED':
      case 'PAUSED':
      case 'RESUMED':
      case 'SALE_STATE':
      case 'DRAWN':
      case 'SPENT':
      case 'RETURNED':
      case 'FREED':
        break;
    }
  }

  private noteAdmission(time: number): void {
    this.recentAdmissions.push(time);
    const oldest = time - RECENT_MS;
    if ((this.recentAdmissions[0] ?? time) < oldest - RECENT_MS) {
      this.recentAdmissions = this.recentAdmissions.filter((at) => at > oldest);
    }
  }

  private noteFreed(entrySeq: number, time: number): void {
    const since = this.admittedAt.get(entrySeq);
    this.admittedAt.delete(entrySeq);
    if (since === undefined) return;
    const duration = time - since;
    this.meanMs = this.meanMs === null ? duration : this.meanMs + (duration - this.meanMs) * NEWEST;
  }
}
