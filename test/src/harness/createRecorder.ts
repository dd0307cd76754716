import type { ObservedOrder, ObservedRefusal, Observations } from './observations.js';
import type { OrderView } from './purchase.js';

/** Writes down what clients are told. */
export interface Recorder {
  readonly observations: Observations;
  /** Somebody is about to place an order. */
  asked(personId: string, idempotencyKey: string): void;
  refused(refusal: ObservedRefusal): void;
  /** The highest version of an order that anybody was shown; 0 before the first. */
  versionOf(orderId: string): number;
  /** @param least the version that the answer may not be behind: what was shown before it was asked for. */
  saw(personId: string, order: OrderView, least: number): void;
  /** A pay page says that an order is paid. */
  paid(orderId: string): void;
  cancelAsked(orderId: string): void;
  refundAsked(orderId: string, ticketIds: readonly string[]): void;
  /** Something was told that can't be true, or never told at all. */
  contradict(text: string): void;
}

const BOUGHT: readonly string[] = ['COMPLETED', 'PARTIALLY_REFUNDED'];

/** @param note told of everything that is written down, one line each. */
export function createRecorder(note: (line: string) => void = () => undefined): Recorder {
  const orders = new Map<string, ObservedOrder>();
  const refusals: ObservedRefusal[] = [];
  const keys = new Map<string, Set<string>>();
  const contradictions: string[] = [];

  const change = (id: string, what: Partial<ObservedOrder>): void => {
    const order = orders.get(id);
    if (order) orders.set(id, { ...order, ...what });
  };
  const contradict = (text: string): void => {
    contradictions.push(text);
    note(`contradiction: ${text}`);
  };

  return {
    observations: { orders, refusals, keys, contradictions },
    asked(personId, idempotencyKey) {
      const own = keys.get(personId) ?? new Set();
      keys.set(personId, own.add(idempotencyKey));
      note(`${personId} places an order, key ${idempotencyKey}`);
    },
    refused(refusal) {
      refusals.push(refusal);
      note(`${refusal.personId} is refused, key ${refusal.idempotencyKey}: ${refusal.code}`);
    },
    versionOf: (orderId) => orders.get(orderId)?.version ?? 0,
    saw(personId, order, least) {
      const { id, status, version, tickets } = order;
      const before = orders.get(id);
      if (version < least) contradict(`order ${id} went back from version ${least} to ${version}`);
      if (before && before.personId !== personId)
        contradict(`order ${id} was shown to ${personId} and ${before.personId}`);
      if (before?.version === version) return;
      note(`${personId} sees order ${id}, version ${version}: ${status}, ${tickets.length} tickets`);
      orders.set(id, {
        id,
        personId,
        version: Math.max(version, before?.version ?? 0),
        completed: (before?.completed ?? false) || BOUGHT.includes(status),
        tickets: new Set([...(before?.tickets ?? []), ...tickets.map((ticket) => ticket.id)]),
        paid: before?.paid ?? false,
        cancelled: (before?.cancelled ?? false) || status === 'CANCELLED',
        cancelAsked: before?.cancelAsked ?? false,
        refundAsked: before?.refundAsked ?? new Set(),
        refunded: Math.max(order.refunded.amount, before?.refunded ?? 0),
      });
    },
    paid(orderId) {
      change(orderId, { paid: true });
      note(`order ${orderId} is paid`);
    },
    cancelAsked(orderId) {
      change(orderId, { cancelAsked: true });
      note(`order ${orderId} is to be cancelled`);
    },
    refundAsked(orderId, ticketIds) {
      const asked = orders.get(orderId)?.refundAsked ?? [];
      change(orderId, { refundAsked: new Set([...asked, ...ticketIds]) });
      note(`tickets ${ticketIds.join(', ')} of order ${orderId} are to be refunded`);
    },
    contradict,
  };
}
