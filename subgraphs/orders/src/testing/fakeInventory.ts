import { newId } from '@foyer/platform';

/** Units of an offer. */
interface FakeLine {
  readonly offerId: string;
  readonly quantity: number;
  readonly seating?: { readonly startsAt: string; readonly anyOf: readonly string[] };
}

/** Units of an offer that an order has, in the fake inventory. */
interface FakeHold {
  state: 'HELD' | 'EXPIRED' | 'SOLD' | 'RELEASED';
  lines: readonly FakeLine[];
  readonly expiresAt: string;
  readonly returned: Map<string, number>;
}

/** An offer of a restaurant's line. */
interface FakeWaiting {
  readonly personId: string;
  readonly line: FakeLine;
  state: 'OFFERED' | 'TAKEN' | 'LEFT';
}

interface FakeOffer {
  readonly listingId: string;
  readonly name: string;
  total: number;
  price: { amount: number; currency: string };
}

/** Variables of an operation. */
export type Input = Record<string, never>;

/** Inventory as orders sees it: with memory, and idempotent by the ids it is given. */
export class FakeInventory {
  readonly offers = new Map<string, FakeOffer>();
  readonly holds = new Map<string, FakeHold>();
  readonly waiting = new Map<string, FakeWaiting>();
  /** How long a table is taken, in milliseconds. */
  stayMs = 90 * 60_000;
  holdMs = 15 * 60_000;

  /** Adds an offer. @returns its id. */
  offer(listingId: string, total: number, amount: number, currency = 'EUR', id = newId()): string {
    this.offers.set(id, { listingId, name: 'Standing', total, price: { amount, currency } });
    return id;
  }

  /** Units of an offer that are held or sold. */
  taken(offerId: string, states: readonly FakeHold['state'][] = ['HELD', 'SOLD']): number {
    let sum = 0;
    for (const hold of this.holds.values()) {
      if (!states.includes(hold.state)) continue;
      for (const line of hold.lines) {
        if (line.offerId === offerId) sum += line.quantity;
      }
      if (hold.state === 'SOLD') sum -= hold.returned.get(offerId) ?? 0;
    }
    return sum;
  }

  /** Answers an operation of inventory's. */
  protected answerInventory(operation: string, variables: Input): unknown {
    switch (operation) {
      case 'HoldOffers':
        return { holdOffers: this.hold(variables['input'] ?? {}) };
      case 'TakeWaitlistOffer':
        return { takeWaitlistOffer: this.take(variables['input'] ?? {}) };
      case 'LeaveWaitlistFor':
        return { leaveWaitlistFor: this.leave(variables['input'] ?? {}) };
      case 'ChangeHold':
        return { changeHold: this.change(variables['input'] ?? {}) };
      case 'ConfirmHold':
        return { confirmHold: this.confirm(variables['orderId'] ?? '') };
      case 'ReleaseHold':
        return { releaseHold: this.release(variables['orderId'] ?? '') };
      case 'ReturnUnits':
        return { returnUnits: this.returnUnits(variables['input'] ?? {}) };
      default:
        throw new Error(`nobody answers ${operation}`);
    }
  }

  private hold({ orderId, lines = [] }: { orderId?: string; lines?: FakeHold['lines'] }): unknown {
    const id = orderId ?? '';
    const known = this.holds.get(id);
    if (known?.state === 'RELEASED') return refused('HoldRefused', 'RELEASED');
    if (known) return this.held(id, known);
    const placed = this.place(id, lines);
    if ('code' in placed) return placed;
    return this.held(id, this.keep(id, placed.lines));
  }

  private keep(orderId: string, lines: FakeHold['lines']): FakeHold {
    const expiresAt = new Date(Date.now() + this.holdMs).toISOString();
    const hold: FakeHold = { state: 'HELD', lines, expiresAt, returned: new Map() };
    this.holds.set(orderId, hold);
    return hold;
  }

  /** The lines where there is room for them, or the refusal: of tables in the first area that has it. */
  private place(
    orderId: string,
    lines: FakeHold['lines'],
  ): { readonly lines: FakeHold['lines'] } | ReturnType<typeof refused> {
    const placed: FakeLine[] = [];
    for (const line of lines) {
      const { offerId, quantity, seating } = line;
      const candidates = [offerId, ...(seating?.anyOf ?? [])];
      if (candidates.some((id) => !this.offers.has(id))) return refused('HoldRefused', 'NOT_FOUND');
      const found = candidates.find((id) => this.free(id, seating?.startsAt ?? null, orderId) >= quantity);
      if (found === undefined) {
        const offer = this.offers.get(offerId) as FakeOffer;
        const code = offer.total > this.taken(offerId, ['SOLD']) ? 'HELD' : 'SOLD_OUT';
        const freeTimes: unknown[] = [];
        return Object.assign(refused('HoldRefused', code), {
          offerId,
          available: 0,
          state: code,
          freeTimes,
        });
      }
      placed.push({ ...line, offerId: found });
    }
    return { lines: placed };
  }

  /** Units of an offer that an order could have: of a table's seats only those at the time count. */
  private free(offerId: string, startsAt: string | null, orderId: string): number {
    let taken = 0;
    for (const [id, { state, lines, returned }] of this.holds) {
      if (id === orderId || (state !== 'HELD' && state !== 'SOLD')) continue;
      for (const line of lines) {
        if (line.offerId !== offerId || !this.meets(line.seating?.startsAt ?? null, startsAt)) continue;
        taken += line.quantity - (state === 'SOLD' ? (returned.get(offerId) ?? 0) : 0);
      }
    }
    return (this.offers.get(offerId)?.total ?? 0) - taken;
  }

  private meets(a: string | null, b: string | null): boolean {
    if (a === null || b === null) return true;
    return Math.abs(Date.parse(a) - Date.parse(b)) < this.stayMs;
  }

  private held(orderId: string, hold: FakeHold): unknown {
    return {
      __typename: 'OffersHeld',
      orderId,
      expiresAt: hold.expiresAt,
      lines: hold.lines.map((line) => this.lineOf(line)),
    };
  }

  private lineOf({ offerId, quantity, seating }: FakeLine) {
    const { listingId, name, price } = this.offers.get(offerId) as FakeOffer;
    const startsAt = seating?.startsAt ?? '';
    return {
      offerId,
      listingId,
      name,
      quantity,
      unitPrice: price,
      seating: seating
        ? {
            startsAt,
            endsAt: new Date(Date.parse(startsAt) + this.stayMs).toISOString(),
            date: startsAt.slice(0, 10),
            tables: ['T1'],
          }
        : null,
    };
  }

  private readonly changes = new Set<string>();

  private change(input: { changeId?: string; orderId?: string; lines?: FakeHold['lines'] }): unknown {
    const { changeId = '', orderId = '', lines = [] } = input;
    const hold = this.holds.get(orderId);
    if (!hold) return refused('HoldRefused', 'NOT_FOUND');
    if (hold.state === 'RELEASED') return refused('HoldRefused', 'RELEASED');
    if (!this.changes.has(changeId)) {
      const placed = this.place(orderId, lines);
      if ('code' in placed) return placed;
      hold.lines = placed.lines;
      this.changes.add(changeId);
    }
    return {
      __typename: 'HoldChanged',
      orderId,
      changeId,
      lines: hold.lines.map((line) => this.lineOf(line)),
    };
  }

  private take(input: { entryId?: string; orderId?: string; personId?: string }): unknown {
    const { entryId = '', orderId = '', personId = '' } = input;
    const known = this.holds.get(orderId);
    if (known?.state === 'RELEASED') return refused('HoldRefused', 'RELEASED');
    if (known) return this.held(orderId, known);
    const entry = this.waiting.get(entryId);
    if (entry?.personId !== personId) return refused('HoldRefused', 'NOT_FOUND');
    if (entry.state !== 'OFFERED') return refused('HoldRefused', 'LAPSED');
    entry.state = 'TAKEN';
    return this.held(orderId, this.keep(orderId, [entry.line]));
  }

  private leave({ entryId = '', personId = '' }: { entryId?: string; personId?: string }): unknown {
    const entry = this.waiting.get(entryId);
    if (entry?.personId !== personId) return refused('NotFound', 'NOT_FOUND');
    if (entry.state === 'OFFERED') entry.state = 'LEFT';
    return { __typename: 'WaitlistLeftFor', entryId };
  }

  private confirm(orderId: string): unknown {
    const hold = this.holds.get(orderId);
    if (!hold) return refused('HoldRefused', 'NOT_FOUND');
    if (hold.state === 'RELEASED') return refused('HoldRefused', 'RELEASED');
    if (hold.state === 'EXPIRED') {
      const free = hold.lines.every(
        ({ offerId, quantity }) => (this.offers.get(offerId)?.total ?? 0) - this.taken(offerId) >= quantity,
      );
      if (!free) return refused('HoldRefused', 'SOLD_OUT');
    }
    hold.state = 'SOLD';
    return { __typename: 'HoldConfirmed', orderId, lines: hold.lines.map((line) => this.lineOf(line)) };
  }

  private release(orderId: string): unknown {
    const hold = this.holds.get(orderId);
    if (hold) hold.state = 'RELEASED';
    else this.holds.set(orderId, { state: 'RELEASED', lines: [], expiresAt: '', returned: new Map() });
    return { __typename: 'HoldReleased', orderId };
  }

  private readonly returns = new Set<string>();

  private returnUnits(input: { returnId?: string; orderId?: string; lines?: FakeHold['lines'] }): unknown {
    const { returnId = '', orderId = '', lines = [] } = input;
    if (!this.returns.has(returnId)) {
      this.returns.add(returnId);
      const hold = this.holds.get(orderId);
      for (const { offerId, quantity } of lines) {
        hold?.returned.set(offerId, (hold.returned.get(offerId) ?? 0) + quantity);
      }
    }
    return { __typename: 'UnitsReturned', returnId };
  }
}

/** A refusal of a service-only mutation. */
export function refused(typename: string, code: string) {
  return { __typename: typename, code, message: `refused: ${code}` };
}
