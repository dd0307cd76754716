import { newId, SubgraphUnavailable, type SubgraphName, type SubgraphTransport } from '@foyer/platform';
import type { ExecutionResult } from 'graphql';

/** Units of an offer that an order has, in the fake inventory. */
interface FakeHold {
  state: 'HELD' | 'EXPIRED' | 'SOLD' | 'RELEASED';
  readonly lines: readonly { readonly offerId: string; readonly quantity: number }[];
  readonly expiresAt: string;
  readonly returned: Map<string, number>;
}

interface FakeOffer {
  readonly listingId: string;
  readonly name: string;
  total: number;
  price: { amount: number; currency: string };
}

interface FakePayment {
  status: 'PENDING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  readonly orderId: string;
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly provider: string;
  readonly refunds: Map<string, number>;
}

/** What a call may be made to do instead of its work. */
export type Fault = 'lost-request' | 'lost-answer' | 'hangs';

type Input = Record<string, never>;

/** Inventory and payments as orders sees them: with memory, and idempotent by the ids they are given. */
export class Fakes {
  readonly offers = new Map<string, FakeOffer>();
  readonly holds = new Map<string, FakeHold>();
  readonly payments = new Map<string, FakePayment>();
  /** Names of the operations that were asked for, in order. */
  readonly asked: string[] = [];
  /** Called before each operation; what it gives goes wrong. */
  fault: (
    operation: string,
    variables: Readonly<Record<string, unknown>>,
  ) => Fault | null | Promise<Fault | null> = () => null;
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
      for (const line of hold.lines) if (line.offerId === offerId) sum += line.quantity;
      if (hold.state === 'SOLD') sum -= hold.returned.get(offerId) ?? 0;
    }
    return sum;
  }

  /** Captured minus refunded, over all payments. */
  get money(): number {
    let sum = 0;
    for (const { status, amount, refunds } of this.payments.values()) {
      if (status === 'COMPLETED') sum += amount.amount;
      for (const refunded of refunds.values()) sum -= refunded;
    }
    return sum;
  }

  /** Answers an operation of a service-only mutation. */
  async answer(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    const operation = /mutation (\w+)/.exec(query)?.[1] ?? '';
    this.asked.push(operation);
    const fault = await this.fault(operation, variables);
    if (fault === 'lost-request') throw new SubgraphUnavailable('fake', 'the request was lost');
    if (fault === 'hangs') await new Promise(() => undefined);
    const data = this.work(operation, variables as Input);
    if (fault === 'lost-answer') throw new SubgraphUnavailable('fake', 'the answer was lost');
    return data;
  }

  /** The way to either of them in this process. */
  transportTo = (_name: SubgraphName): SubgraphTransport => ({
    execute: async ({ query, variables = {} }) => {
      const data = await this.answer(query, variables);
      return JSON.parse(JSON.stringify({ data })) as ExecutionResult;
    },
    subscribe: () => Promise.reject(new Error('nothing to subscribe to')),
    close: () => Promise.resolve(),
  });

  private work(operation: string, variables: Input): unknown {
    switch (operation) {
      case 'HoldOffers':
        return { holdOffers: this.hold(variables['input'] ?? {}) };
      case 'ConfirmHold':
        return { confirmHold: this.confirm(variables['orderId'] ?? '') };
      case 'ReleaseHold':
        return { releaseHold: this.release(variables['orderId'] ?? '') };
      case 'ReturnUnits':
        return { returnUnits: this.returnUnits(variables['input'] ?? {}) };
      case 'CreatePayment':
        return { createPayment: this.createPayment(variables['input'] ?? {}) };
      case 'CancelPayment':
        return { cancelPayment: this.cancelPayment(variables['paymentId'] ?? '') };
      case 'RequestRefund':
        return { requestRefund: this.requestRefund(variables['input'] ?? {}) };
      default:
        throw new Error(`nobody answers ${operation}`);
    }
  }

  private hold({ orderId, lines }: { orderId?: string; lines?: FakeHold['lines'] }): unknown {
    const id = orderId ?? '';
    let hold = this.holds.get(id);
    if (hold?.state === 'RELEASED') return refused('HoldRefused', 'RELEASED');
    if (!hold) {
      for (const { offerId, quantity } of lines ?? []) {
        const offer = this.offers.get(offerId);
        if (!offer) return refused('HoldRefused', 'NOT_FOUND');
        if (offer.total - this.taken(offerId) < quantity) {
          const code = offer.total > this.taken(offerId, ['SOLD']) ? 'HELD' : 'SOLD_OUT';
          return { ...refused('HoldRefused', code), offerId, available: 0, state: code };
        }
      }
      const expiresAt = new Date(Date.now() + this.holdMs).toISOString();
      hold = { state: 'HELD', lines: lines ?? [], expiresAt, returned: new Map() };
      this.holds.set(id, hold);
    }
    return {
      __typename: 'OffersHeld',
      orderId: id,
      expiresAt: hold.expiresAt,
      lines: hold.lines.map(({ offerId, quantity }) => {
        const { listingId, name, price } = this.offers.get(offerId) as FakeOffer;
        return { offerId, listingId, name, quantity, unitPrice: price };
      }),
    };
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
    return { __typename: 'HoldConfirmed', orderId };
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

  private createPayment(input: {
    paymentId?: string;
    orderId?: string;
    amount?: FakePayment['amount'];
    provider?: string;
  }) {
    const { paymentId = '', orderId = '', amount = { amount: 0, currency: '' }, provider = '' } = input;
    if (provider === 'NOBODY') return refused('PaymentRefused', 'UNKNOWN_PROVIDER');
    const known = this.payments.get(paymentId);
    if (known?.status === 'CANCELLED') return refused('PaymentRefused', 'CANCELLED');
    if (!known)
      this.payments.set(paymentId, { status: 'PENDING', orderId, amount, provider, refunds: new Map() });
    return { __typename: 'PaymentReady', payment: { id: paymentId } };
  }

  private cancelPayment(paymentId: string): unknown {
    const payment = this.payments.get(paymentId);
    if (!payment) {
      const amount = { amount: 0, currency: '' };
      this.payments.set(paymentId, {
        status: 'CANCELLED',
        orderId: '',
        amount,
        provider: '',
        refunds: new Map(),
      });
    } else if (payment.status === 'PENDING') payment.status = 'CANCELLED';
    return { __typename: 'PaymentClosed', status: payment?.status ?? 'CANCELLED' };
  }

  private requestRefund(input: {
    refundId?: string;
    paymentId?: string;
    amount?: FakePayment['amount'];
  }): unknown {
    const { refundId = '', paymentId = '', amount = { amount: 0, currency: '' } } = input;
    const payment = this.payments.get(paymentId);
    if (payment?.status !== 'COMPLETED') return refused('RefundRefused', 'NOT_CAPTURED');
    if (!payment.refunds.has(refundId)) {
      const refunded = [...payment.refunds.values()].reduce((sum, each) => sum + each, 0);
      if (refunded + amount.amount > payment.amount.amount)
        return refused('RefundRefused', 'MORE_THAN_CAPTURED');
      payment.refunds.set(refundId, amount.amount);
    }
    return { __typename: 'RefundAccepted', refund: { id: refundId } };
  }
}

function refused(typename: string, code: string) {
  return { __typename: typename, code, message: `refused: ${code}` };
}
