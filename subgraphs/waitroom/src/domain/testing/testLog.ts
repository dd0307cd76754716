import type { PersonalLogRow } from '../checkWaitroomLog.js';
import { drawOrder, entriesHash } from '../draw.js';
import type { LogKind, LogRow } from '../logRow.js';

const SEED = Buffer.alloc(32, 9);
const START = Date.parse('2026-05-01T10:00:00Z');

/** The id of the entry that joins with the row of this number. */
export function entryIdOf(seq: number): string {
  return `018f0000-0000-7000-8000-${String(seq).padStart(12, '0')}`;
}

/** Writes a log by hand, row by row. */
export class TestLog {
  readonly rows: PersonalLogRow[] = [];
  private time = START;

  /** Lets time pass. */
  wait(milliseconds: number): this {
    this.time += milliseconds;
    return this;
  }

  /** Adds a row about an entry, by the number of its JOINED row, or about the whole line. */
  add(
    kind: LogKind,
    entrySeq: number | null = null,
    more: Partial<LogRow> & { readonly userId?: string } = {},
  ): this {
    this.rows.push({
      seq: this.rows.length + 1,
      kind,
      entryId: entrySeq === null ? null : entryIdOf(entrySeq),
      entrySeq,
      place: kind === 'ADMITTED' ? 1 : kind === 'COMPLETED' || kind === 'FREED' ? -1 : 0,
      detail: null,
      at: new Date(this.time),
      userId: entrySeq === null ? null : `user ${entrySeq}`,
      ...more,
    });
    return this;
  }

  /** N and M. */
  configured(maximumInCheckout: number, admissionsPerMinute = 60_000): this {
    return this.add('CONFIGURED', null, { detail: { maximumInCheckout, admissionsPerMinute } });
  }

  /** So many people join. */
  joined(count = 1): this {
    for (let each = 0; each < count; each += 1) this.add('JOINED', this.rows.length + 1);
    return this;
  }

  /** Draws those who have joined and not left, and puts something on sale. */
  drawn(): this {
    const seqs = this.waiting();
    const ids = seqs.map(entryIdOf);
    const detail = {
      seed: SEED.toString('hex'),
      count: ids.length,
      entriesHash: entriesHash(ids).toString('hex'),
    };
    return this.add('DRAWN', null, { detail }).add('SALE_STATE', null, { detail: { state: 'AVAILABLE' } });
  }

  /** Numbers of those who wait, in the order in which `drawn` draws them. */
  drawOrder(): number[] {
    const seqs = this.waiting();
    const seqOf = new Map(seqs.map((seq) => [entryIdOf(seq), seq]));
    return drawOrder(SEED, [...seqOf.keys()]).map((id) => seqOf.get(id) ?? 0);
  }

  private waiting(): number[] {
    const gone = new Set(this.rows.filter(({ kind }) => kind !== 'JOINED').map(({ entrySeq }) => entrySeq));
    return this.rows.filter(({ kind, seq }) => kind === 'JOINED' && !gone.has(seq)).map(({ seq }) => seq);
  }
}
