import { SubgraphUnavailable, type SubgraphName, type SubgraphTransport } from '@foyer/platform';
import type { ExecutionResult } from 'graphql';
import { FakeInventory, refused, type Input } from './fakeInventory.js';

interface FakePayment {
  status: 'PENDING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  readonly orderId: string;
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly provider: string;
  readonly refunds: Map<string, number>;
}

/** What a call may be made to do instead of its work. */
export type Fault = 'lost-request';

/** Inventory and payments as orders sees them: with memory, and idempotent by the ids they are given. */
export class Fakes extends FakeInventory {
  readonly payments = new Map<string, FakePayment>();
  /** Names of the operations that were asked for, in order. */
  readonly asked: string[] = [];
  /** Called before each operation; what it gives goes wrong. */
  fault: (
    operation: string,
    variables: Readonly<Record<string, unknown>>,
  ) => Fault | null | Promise<Fault | null> = () => null;

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
    return this.work(operation, variables as Input);
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
      case 'CreatePayment':
        return { createPayment: this.createPayment(variables['input'] ?? {}) };
      case 'CancelPayment':
        return { cancelPayment: this.cancelPayment(variables['paymentId'] ?? '') };
      case 'RequestRefund':
        return { requestRefund: this.requestRefund(variables['input'] ?? {}) };
      default:
        return this.answerInventory(operation, variables);
    }
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
