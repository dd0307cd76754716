import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CANCEL, REFUND, RETRY, type OrderAnswer, type OrderView } from '../../harness/purchase.js';
import type { OnSale } from '../../harness/story.js';
import type { StoryPlan } from '../drawStories.js';
import type { StoryKind } from '../mix.js';
import { SALES } from '../mix.js';
import { choose, orderIs, pay, payable, place, type Buyer } from './buyer.js';
import { join, takeTurn } from './takeTurn.js';
import type { GoodClient } from './goodClient.js';

/** Somebody, and what they set out to do. */
export interface Scene {
  readonly buyer: Buyer;
  readonly organizer: GoodClient;
  readonly offer: OnSale;
  readonly plan: StoryPlan;
}

const LEAVE = `mutation ($eventId: ID!) { answer: leaveWaitroom(eventId: $eventId) { __typename } }`;

type Story = (scene: Scene) => Promise<void>;

/** How each kind of story goes. Each ends as soon as the system refuses to go on; what was told is written down. */
const TOLD: Readonly<Record<StoryKind, Story>> = {
  async buy(scene) {
    await bought(scene);
  },
  async declineThenRetry(scene) {
    const { buyer } = scene;
    const order = await placed(scene);
    if (!order?.payment?.payUrl) return;
    await choose(buyer, order, 'decline');
    const declined = await orderIs(
      buyer,
      order.id,
      'declined',
      ({ status, payment }) => status !== 'PENDING' || payment?.status === 'FAILED',
    );
    if (declined.status !== 'PENDING') return;
    const input = { orderId: order.id, paymentProvider: 'SANDBOX', idempotencyKey: randomUUID() };
    const { order: again } = await buyer.client.ask<OrderAnswer>('retry', RETRY, { input });
    if (again) await pay(buyer, await payable(buyer, again.id));
  },
  async abandon(scene) {
    const order = await placed(scene);
    if (order?.payment?.payUrl) await choose(scene.buyer, order, 'abandon');
  },
  async cancel(scene) {
    const order = await placed(scene);
    if (order) await cancelled(scene.buyer, order);
  },
  async cancelPaid(scene) {
    const order = await bought(scene);
    if (order?.status === 'COMPLETED') await cancelled(scene.buyer, order);
  },
  async refundOne(scene) {
    const { buyer, organizer } = scene;
    const order = await bought(scene);
    const [ticket] = order?.tickets ?? [];
    if (!order || !ticket) return;
    buyer.recorder.refundAsked(order.id, [ticket.id]);
    await organizer.ask('refund', REFUND, {
      input: { orderId: order.id, ticketIds: [ticket.id], reason: 'Ill.', idempotencyKey: randomUUID() },
    });
    await orderIs(buyer, order.id, 'partially refunded', ({ refunded }) => refunded.amount > 0);
  },
  async takeFree(scene) {
    const order = await placed(scene);
    if (order) await orderIs(scene.buyer, order.id, 'over', ({ status }) => status !== 'PENDING');
  },
  async orderTwice(scene) {
    const order = await placed(scene, 2);
    if (order) await pay(scene.buyer, order);
  },
  async payLate(scene) {
    const order = await placed(scene);
    if (!order?.payment?.payUrl) return;
    await orderIs(scene.buyer, order.id, 'cancelled', ({ status }) => status !== 'PENDING');
    await pay(scene.buyer, order, 'late');
  },
  async leave({ buyer, offer }) {
    if (await join(buyer, offer)) await buyer.client.ask('leave', LEAVE, { eventId: offer.eventId });
  },
};

/** Tells a story to its end. @throws NoAnswer when it can't be told on. */
export async function tell(scene: Scene): Promise<void> {
  await TOLD[scene.plan.kind](scene);
}

/** Waits for the turn where there is a line, and places the order. @returns it with its pay page; null when refused. */
async function placed({ buyer, offer, plan }: Scene, times = 1): Promise<OrderView | null> {
  const hasLine = 'waitroom' in SALES[plan.sale].options;
  const admissionToken = hasLine ? await takeTurn(buyer, offer) : null;
  if (hasLine && admissionToken === null) return null;
  await delay(plan.thinks);
  const order = await place(buyer, { offer, quantity: plan.quantity, admissionToken }, times);
  if (!order || order.status !== 'PENDING') return order;
  const ready = await payable(buyer, order.id);
  return ready.payment?.payUrl || ready.status !== 'PENDING' ? ready : null;
}

/** Buys. @returns the order as it is then; null when nothing came of it. */
async function bought(scene: Scene): Promise<OrderView | null> {
  const { buyer, plan } = scene;
  const order = await placed(scene);
  const paid = order && (await pay(buyer, order));
  if (paid?.status === 'COMPLETED' && paid.tickets.length !== plan.quantity)
    buyer.recorder.contradict(`order ${paid.id} of ${plan.quantity} has ${paid.tickets.length} tickets`);
  return paid;
}

async function cancelled(buyer: Buyer, { id }: OrderView): Promise<void> {
  buyer.recorder.cancelAsked(id);
  await buyer.client.ask('cancel', CANCEL, { id });
  await orderIs(
    buyer,
    id,
    'cancelled',
    ({ status, refunded, total }) =>
      status === 'CANCELLED' || status === 'FAILED' || refunded.amount === total.amount,
  );
}
