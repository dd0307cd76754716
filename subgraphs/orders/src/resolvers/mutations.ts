import { withCausation } from '@foyer/kafka';
import { requirePermission, withRefusals, type UserIdentity } from '@foyer/platform';
import type { PlaceOrderInput } from '../domain/placeOrderInput.js';
import { cancelOrder } from '../operations/cancelOrder.js';
import { checkInTicket } from '../operations/checkInTicket.js';
import { placeOrder } from '../operations/placeOrder.js';
import { refundPayment, type RefundPaymentInput } from '../operations/refundPayment.js';
import { resolveParkedSaga, type SagaResolution } from '../operations/resolveParkedSaga.js';
import { retryPayment, type RetryPaymentInput } from '../operations/retryPayment.js';
import type { Services } from '../operations/services.js';
import { setPricing, type SetPricingInput } from '../operations/setPricing.js';
import { transferTicket, type TransferTicketInput } from '../operations/transferTicket.js';
import { checkInFor } from './checkInFor.js';
import type { OrdersContext } from './context.js';
import { pricingFor } from './pricingFor.js';

interface Input<Value> {
  readonly input: Value;
}

/** Mutations of orders. */
export function mutationResolvers(services: Services) {
  /** A mutation of its arguments: refusals become values, and what it causes carries the request's id. */
  const mutation = <Arguments, Payload extends object>(
    typename: string,
    work: (args: Arguments, context: OrdersContext) => Promise<Payload>,
  ) =>
    withRefusals(async (_: unknown, args: Arguments, context: OrdersContext) => {
      const payload = await withCausation({ correlationId: context.requestId }, () => work(args, context));
      return { __typename: typename, ...payload };
    });
  const withOrder = async (orderId: string, { orders }: OrdersContext) => ({
    order: await orders.load(orderId),
  });
  const buyer = ({ identity }: OrdersContext): UserIdentity => requirePermission(identity, 'order:place');

  return {
    placeOrder: mutation('PlaceOrderPayload', async ({ input }: Input<PlaceOrderInput>, context) =>
      withOrder(await placeOrder(services, buyer(context).userId, input), context),
    ),
    retryPayment: mutation('RetryPaymentPayload', async ({ input }: Input<RetryPaymentInput>, context) =>
      withOrder(await retryPayment(services, buyer(context).userId, input), context),
    ),
    cancelOrder: mutation(
      'CancelOrderPayload',
      async ({ input }: Input<{ readonly orderId: string; readonly reason?: string | null }>, context) =>
        withOrder(await cancelOrder(services, context.identity, input), context),
    ),
    refundPayment: mutation('RefundPaymentPayload', async ({ input }: Input<RefundPaymentInput>, context) =>
      withOrder(await refundPayment(services, context.identity, input), context),
    ),
    transferTicket: mutation(
      'TransferTicketPayload',
      async ({ input }: Input<TransferTicketInput>, { identity }) => {
        const { userId } = requirePermission(identity, 'ticket:transfer');
        return { ticket: await transferTicket(services, userId, input) };
      },
    ),
    checkInTicket: mutation(
      'CheckInTicketPayload',
      async ({ code }: { readonly code: string }, { identity }) => ({
        ticket: checkInFor(await checkInTicket(services, identity, code)),
      }),
    ),
    setPricing: mutation('SetPricingPayload', async ({ input }: Input<SetPricingInput>, { identity }) => ({
      pricing: pricingFor(await setPricing(services, identity, input)),
    })),
    resolveParkedSaga: mutation(
      'ResolveParkedSagaPayload',
      async ({ input }: Input<{ readonly sagaId: string; readonly resolution: SagaResolution }>, context) => {
        requirePermission(context.identity, 'saga:resolve');
        return withOrder(await resolveParkedSaga(services, input.sagaId, input.resolution), context);
      },
    ),
  };
}
