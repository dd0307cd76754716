import { invariant } from '@foyer/platform/domain';
import { FenwickTree } from './fenwickTree.js';
import type { EntryStatus } from './entryStatus.js';
import { LineFigures } from './lineFigures.js';
import type { LogRow } from './logRow.js';
import type { EndedReason, SaleState } from './saleState.js';

const NO_SLOT = -1;

/** Where somebody stands among those who wait. */
export interface Standing {
  readonly status: EntryStatus;
  /** From 1; null before the draw and when not waiting. */
  readonly position: number | null;
  /** null unless ENDED. */
  readonly endedReason: EndedReason | null;
}

/** What one byte of memory says of an entry; 0 is nothing, and the others stand here from 1. */
const CODES: readonly { readonly status: EntryStatus; readonly endedReason: EndedReason | null }[] = [
  { status: 'QUEUED', endedReason: null },
  { status: 'ADMITTED', endedReason: null },
  { status: 'COMPLETED', endedReason: null },
  { status: 'EXPIRED', endedReason: null },
  { status: 'LEFT', endedReason: null },
  { status: 'ENDED', endedReason: 'SOLD_OUT' },
  { status: 'ENDED', endedReason: 'SALE_ENDED' },
  { status: 'ENDED', endedReason: 'EVENT_CANCELLED' },
];

/**
 * A line in memory: what its log says, row by row. Entries are known by the number of their JOINED row, which indexes
 * plain arrays: some ten bytes for each row of the log, and a position in O(log n).
 */
export class Line {
  readonly figures = new LineFigures();
  private codes = new Uint8Array(1024);
  private slots = new Int32Array(1024).fill(NO_SLOT);
  private readonly waitingBySlot = new FenwickTree();
  private lastSeq = 0;
  private isDrawn = false;
  private state: SaleState = 'NOT_ON_SALE';
  private isPaused = false;
  private maximum = 1;
  private rate = 1;
  private startsAt: Date | null = null;

  /** Number of the last row applied: the version of everything this tells. */
  get seq(): number {
    return this.lastSeq;
  }

  get saleState(): SaleState {
    return this.state;
  }

  get paused(): boolean {
    return this.isPaused;
  }

  get maximumInCheckout(): number {
    return this.maximum;
  }

  /** null while nothing has been applied. */
  get saleStartsAt(): Date | null {
    return this.startsAt;
  }

  get admissionsPerMinute(): number {
    return this.rate;
  }

  /** Applies the next row of the log. @param drawn for a DRAWN row: the numbers of the early, in the drawn order. */
  apply(row: LogRow, drawn: readonly number[] = []): void {
    invariant(row.seq === this.lastSeq + 1, `row ${row.seq} does not follow ${this.lastSeq}`);
    this.reserve(row.seq);
    this.lastSeq = row.seq;
    this.figures.apply(row);
    const { detail, entrySeq } = row;
    switch (row.kind) {
      case 'CONFIGURED':
        this.maximum = detail?.maximumInCheckout ?? this.maximum;
        this.rate = detail?.admissionsPerMinute ?? this.rate;
        this.startsAt = detail?.saleStartsAt === undefined ? this.startsAt : new Date(detail.saleStartsAt);
        break;
      case 'PAUSED':
      case 'RESUMED':
        this.isPaused = row.kind === 'PAUSED';
        break;
      case 'SALE_STATE':
        this.state = detail?.state ?? this.state;
        break;
      case 'JOINED':
        this.setCode(row.seq, 'QUEUED');
        if (this.isDrawn) this.slots[row.seq] = this.waitingBySlot.push(1);
        break;
      case 'DRAWN':
        this.isDrawn = true;
        for (const seq of drawn) this.slots[seq] = this.waitingBySlot.push(1);
        break;
      case 'ADMITTED':
      case 'COMPLETED':
      case 'EXPIRED':
      case 'LEFT':
      case 'ENDED':
        this.leaveLine(entrySeq ?? 0);
        this.setCode(entrySeq ?? 0, row.kind, detail?.reason);
        break;
      case 'OPENED':
      case 'SPENT':
      case 'RETURNED':
      case 'FREED':
        break;
    }
  }

  /** Where an entry stands. @returns null for a number that is no entry's, or not yet applied. */
  standing(entrySeq: number): Standing | null {
    const code = entrySeq > this.lastSeq ? undefined : this.codeOf(entrySeq);
    return code ? { ...code, position: this.positionOf(entrySeq) } : null;
  }

  /** Place among those who wait, from 1; null before the draw and for who does not wait. */
  positionOf(entrySeq: number): number | null {
    const slot = this.slots[entrySeq] ?? NO_SLOT;
    if (slot === NO_SLOT || this.codeOf(entrySeq)?.status !== 'QUEUED') return null;
    return this.waitingBySlot.prefix(slot);
  }

  private codeOf(entrySeq: number): (typeof CODES)[number] | undefined {
    return CODES[(this.codes[entrySeq] ?? 0) - 1];
  }

  private setCode(entrySeq: number, status: EntryStatus, reason: EndedReason | null = null): void {
    this.codes[entrySeq] =
      CODES.findIndex((code) => code.status === status && code.endedReason === reason) + 1;
  }

  private leaveLine(entrySeq: number): void {
    const slot = this.slots[entrySeq] ?? NO_SLOT;
    if (slot !== NO_SLOT && this.codeOf(entrySeq)?.status === 'QUEUED') this.waitingBySlot.add(slot, -1);
  }

  private reserve(seq: number): void {
    if (seq < this.codes.length) return;
    const codes = new Uint8Array(seq * 2);
    codes.set(this.codes);
    this.codes = codes;
    const slots = new Int32Array(seq * 2).fill(NO_SLOT);
    slots.set(this.slots);
    this.slots = slots;
  }
}
