import { invariant, type SqlTransaction } from '@foyer/platform';
import type { LogDetail, LogKind } from '../domain/logRow.js';
import type { Queue } from '../domain/queue.js';

/** Whom a row of the log is about. */
export interface LoggedEntry {
  readonly id: string;
  readonly seq: number;
}

/** What a row of the log does to the queue's counters, besides standing in the log. */
export interface LogEffect {
  readonly entry?: LoggedEntry;
  /** Change of the places taken: 1, -1 or 0. */
  readonly place?: -1 | 0 | 1;
  /** Change of the number of those who wait. */
  readonly waiting?: -1 | 0;
  /** Change of the number of unspent admissions. */
  readonly unspent?: -1 | 0 | 1;
  readonly detail?: LogDetail;
}

interface PendingRow {
  readonly seq: number;
  readonly kind: LogKind;
  readonly entry: LoggedEntry | null;
  readonly place: number;
  readonly detail: LogDetail | null;
}

/**
 * A queue whose row this transaction holds. What happens to its line is gathered here and written by `flush`: log rows
 * and counters together, once.
 */
export class LockedQueue {
  private current: Queue;
  private pending: PendingRow[] = [];
  private changed = false;

  constructor(
    queue: Queue,
    /** The database's time after the lock was granted; all rows of this transaction carry it. */
    readonly now: Date,
  ) {
    this.current = queue;
  }

  /** How it stands, everything gathered included. */
  get state(): Queue {
    return this.current;
  }

  /** Changes what stands beside the log. */
  change(changes: Partial<Omit<Queue, 'eventId' | 'seed' | 'lastSeq'>>): void {
    this.current = { ...this.current, ...changes };
    this.changed = true;
  }

  /** Adds a row to the log. @returns its number. */
  append(
    kind: Exclude<LogKind, 'JOINED'>,
    { entry, place = 0, waiting = 0, unspent = 0, detail }: LogEffect = {},
  ): number {
    const seq = this.current.lastSeq + 1;
    this.pending.push({ seq, kind, entry: entry ?? null, place, detail: detail ?? null });
    this.current = {
      ...this.current,
      lastSeq: seq,
      placesTaken: this.current.placesTaken + place,
      waiting: this.current.waiting + waiting,
      unspent: this.current.unspent + unspent,
    };
    return seq;
  }

  /** Counts rows that `join_group` has written itself, which come next in the log. */
  noteJoined(count: number): void {
    invariant(this.pending.length === 0, 'rows that come before are written before');
    if (count === 0) return;
    this.change({ waiting: this.current.waiting + count, settled: false });
    this.current = { ...this.current, lastSeq: this.current.lastSeq + count };
  }

  /** Writes what was gathered. @returns whether there was anything. */
  async flush(sql: SqlTransaction): Promise<boolean> {
    if (this.pending.length === 0 && !this.changed) return false;
    if (this.pending.length > 0) await sql.query(INSERT_ROWS, this.rowValues());
    await sql.query(UPDATE_QUEUE, this.queueValues());
    this.pending = [];
    this.changed = false;
    return true;
  }

  private rowValues(): readonly unknown[] {
    const rows = this.pending;
    return [
      this.current.eventId,
      this.now,
      rows.map(({ seq }) => seq),
      rows.map(({ kind }) => kind),
      rows.map(({ entry }) => entry?.id ?? null),
      rows.map(({ entry }) => entry?.seq ?? null),
      rows.map(({ place }) => place),
      rows.map(({ detail }) => (detail ? JSON.stringify(detail) : null)),
    ];
  }

  private queueValues(): readonly unknown[] {
    const queue = this.current;
    return [
      queue.eventId,
      queue.published,
      queue.cancelled,
      queue.saleStartsAt,
      queue.saleEndsAt,
      queue.configuredMaximum,
      queue.configuredRate,
      queue.maximumInCheckout,
      queue.admissionsPerMinute,
      queue.openedAt,
      queue.paused,
      queue.saleState,
      queue.drawnSeq,
      queue.drawnAt,
      queue.drawnCount,
      queue.entriesHash,
      queue.lastSeq,
      queue.waiting,
      queue.placesTaken,
      queue.unspent,
      queue.pacedUntil,
      queue.endingDone,
      queue.settled,
    ];
  }
}

const INSERT_ROWS = `
  insert into queue_log (event_id, seq, kind, entry_id, entry_seq, place, detail, at)
  select $1, r.seq, r.kind, r.entry_id, r.entry_seq, r.place, r.detail, $2
  from unnest($3::bigint[], $4::text[], $5::uuid[], $6::bigint[], $7::smallint[], $8::jsonb[])
    as r (seq, kind, entry_id, entry_seq, place, detail)`;

const UPDATE_QUEUE = `
  update queue set published = $2, cancelled = $3, sale_starts_at = $4, sale_ends_at = $5, configured_maximum = $6,
    configured_rate = $7, maximum_in_checkout = $8, admissions_per_minute = $9, opened_at = $10, paused = $11,
    sale_state = $12, drawn_seq = $13, drawn_at = $14, drawn_count = $15, entries_hash = $16, last_seq = $17,
    waiting = $18, places_taken = $19, unspent = $20, paced_until = $21,
    ending_done = $22, settled = $23
  where event_id = $1`;
