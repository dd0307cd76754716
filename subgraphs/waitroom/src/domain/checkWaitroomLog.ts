import { drawOrder, entriesHash } from './draw.js';
import { entryStatus, isLive, type EntryStatus } from './entryStatus.js';
import type { LogRow } from './logRow.js';
import type { SaleState } from './saleState.js';

/** A row of the log with the person it is about. */
export interface PersonalLogRow extends LogRow {
  /** null for what concerns the whole line. */
  readonly userId: string | null;
}

interface Known {
  readonly id: string;
  readonly userId: string | null;
  status: EntryStatus;
  place: number;
}

const MINUTE = 60_000;

/**
 * Checks what must hold over the whole log of one queue: no gap, no going back in time, one live place a person, every
 * entry's states in their order, the draw as its seed says, nobody admitted out of turn, before the draw, while paused
 * or with nothing to buy, never more than N in checkout at any row, never more than M within a minute, places freed once.
 * @param rows the complete log of one event in order of `seq`.
 * @returns what is wrong, one line each; none when all holds.
 */
export function checkWaitroomLog(rows: readonly PersonalLogRow[]): readonly string[] {
  const faults: string[] = [];
  const entries = new Map<number, Known>();
  const livePlaces = new Map<string, number>();
  const admittedAt: number[] = [];
  let order: number[] | null = null;
  let front = 0;
  let taken = 0;
  let maximum = 0;
  let rate = 0;
  let paused = false;
  let saleState: SaleState = 'NOT_ON_SALE';

  const fault = (row: LogRow, text: string): unknown => faults.push(`${row.seq} ${row.kind}: ${text}`);

  const draw = (row: LogRow): void => {
    if (order) fault(row, 'drawn twice');
    const early = [...entries].filter(([, { status }]) => status === 'QUEUED');
    const seqById = new Map(early.map(([seq, { id }]) => [id, seq]));
    const ids = [...seqById.keys()];
    order = drawOrder(Buffer.from(row.detail?.seed ?? '', 'hex'), ids).map((id) => seqById.get(id) ?? 0);
    if (row.detail?.entriesHash !== entriesHash(ids).toString('hex'))
      fault(row, 'the hash is not that of the entries');
    if (row.detail?.count !== ids.length)
      fault(row, `${ids.length} took part, not ${row.detail?.count ?? 'none'}`);
  };

  const join = (row: PersonalLogRow): void => {
    if (row.entrySeq !== row.seq || row.entryId === null || row.userId === null)
      fault(row, 'is about somebody else');
    const user = row.userId ?? '';
    if (livePlaces.has(user)) fault(row, `${user} has a live place already`);
    livePlaces.set(user, row.seq);
    entries.set(row.seq, { id: row.entryId ?? '', userId: row.userId, status: 'QUEUED', place: 0 });
    order?.push(row.seq);
  };

  const admit = (row: LogRow, entrySeq: number): void => {
    if (!order) return void fault(row, 'before the draw');
    while (front < order.length && entries.get(order[front] ?? 0)?.status !== 'QUEUED') front += 1;
    if (order[front] !== entrySeq) fault(row, `out of turn: ${order[front] ?? 'nobody'} stood in front`);
    if (paused) fault(row, 'while paused');
    if (saleState !== 'AVAILABLE') fault(row, `while ${saleState}`);
    admittedAt.push(row.at.getTime());
    const earlier = admittedAt.at(-1 - rate);
    if (earlier !== undefined && row.at.getTime() - earlier < MINUTE)
      fault(row, `more than ${rate} in a minute`);
  };

  const move = (row: PersonalLogRow, to: EntryStatus): void => {
    const entry = entries.get(row.entrySeq ?? 0);
    if (!entry || entry.id !== row.entryId) return void fault(row, 'of an unknown entry');
    if (!entryStatus.allows(entry.status, to)) fault(row, `from ${entry.status}`);
    if (to === 'ADMITTED') admit(row, row.entrySeq ?? 0);
    if (to === 'EXPIRED' && !order) fault(row, 'before the draw');
    entry.status = to;
    if (!isLive(to) && livePlaces.get(entry.userId ?? '') === row.entrySeq)
      livePlaces.delete(entry.userId ?? '');
  };

  const count = (row: LogRow): void => {
    if (row.place === 0) return;
    const entry = entries.get(row.entrySeq ?? 0);
    taken += row.place;
    if (entry) entry.place += row.place;
    if (entry && (entry.place < 0 || entry.place > 1)) fault(row, `the entry has ${entry.place} places`);
    if (row.place > 0 && taken > maximum) fault(row, `${taken} in checkout, ${maximum} allowed`);
  };

  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (row.seq !== index + 1) fault(row, `is row ${index + 1}`);
    if (before && row.at < before.at) fault(row, `goes back in time from ${before.at.toISOString()}`);
    switch (row.kind) {
      case 'CONFIGURED':
        maximum = row.detail?.maximumInCheckout ?? maximum;
        // What was admitted at another pace says nothing about this one.
        if (row.detail?.admissionsPerMinute !== rate) admittedAt.length = 0;
        rate = row.detail?.admissionsPerMinute ?? rate;
        break;
      case 'PAUSED':
      case 'RESUMED':
        paused = row.kind === 'PAUSED';
        break;
      case 'SALE_STATE':
        saleState = row.detail?.state ?? saleState;
        break;
      case 'DRAWN':
        draw(row);
        break;
      case 'JOINED':
        join(row);
        break;
      case 'ADMITTED':
      case 'COMPLETED':
      case 'EXPIRED':
      case 'LEFT':
      case 'ENDED':
        move(row, row.kind);
        break;
      case 'OPENED':
      case 'SPENT':
      case 'RETURNED':
      case 'FREED':
        break;
    }
    count(row);
  });
  return faults;
}
