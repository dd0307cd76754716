import {
  currencyExponent,
  InputCheck,
  invalidInput,
  Refused,
  requireService,
  withRefusals,
} from '@foyer/platform';
import { orderRefused } from '../domain/holdRefused.js';
import { InvalidReturn } from '../domain/invalidReturn.js';
import type { LineRequest } from '../domain/requests.js';
import { checkId, checkLines, normalizeLines } from './checkLines.js';
import type { InventoryContext, InventoryServices } from './context.js';

interface HoldInput {
  readonly orderId: string;
  readonly personId: string;
  readonly lines: readonly LineRequest[];
  readonly accessCode?: string | null;
}

interface ReturnInput {
  readonly returnId: string;
  readonly orderId: string;
  readonly lines: readonly LineRequest[];
}

/** Mutations for the orders saga alone. */
export function holdMutations({ holds }: InventoryServices) {
  return {
    holdOffers: async (_: unknown, { input }: { readonly input: HoldInput }, context: InventoryContext) => {
      requireService(context.identity, 'orders');
      const { orderId, personId, lines, accessCode } = input;
      const wrong = faultsOf((check) => {
        checkId(check, orderId, 'input.orderId');
        checkId(check, personId, 'input.personId');
        checkLines(check, lines);
      });
      if (wrong !== null) return orderRefused('INVALID_INPUT', wrong);
      return holds.hold({
        kind: 'hold',
        orderId: orderId.toLowerCase(),
        personId: personId.toLowerCase(),
        lines: normalizeLines(lines),
        accessCode: accessCode ?? null,
        correlationId: context.requestId,
      });
    },

    confirmHold: async (_: unknown, { orderId }: { readonly orderId: string }, context: InventoryContext) => {
      requireService(context.identity, 'orders');
      const wrong = faultsOf((check) => checkId(check, orderId, 'orderId'));
      if (wrong !== null) return orderRefused('INVALID_INPUT', wrong);
      return holds.confirm({
        kind: 'confirm',
        orderId: orderId.toLowerCase(),
        correlationId: context.requestId,
      });
    },

    releaseHold: withRefusals(
      async (
        _: unknown,
        { orderId, reason }: { readonly orderId: string; readonly reason: string },
        { identity, requestId, log }: InventoryContext,
      ) => {
        requireService(identity, 'orders');
        const check = new InputCheck();
        checkId(check, orderId, 'orderId');
        check.done();
        log.info({ orderId, reason }, 'a hold is released');
        return holds.release({ kind: 'release', orderId: orderId.toLowerCase(), correlationId: requestId });
      },
    ),

    returnUnits: withRefusals(
      async (
        _: unknown,
        { input }: { readonly input: ReturnInput },
        { identity, requestId }: InventoryContext,
      ) => {
        requireService(identity, 'orders');
        const { returnId, orderId, lines } = input;
        const check = new InputCheck();
        checkId(check, returnId, 'input.returnId');
        checkId(check, orderId, 'input.orderId');
        checkLines(check, lines);
        check.done();
        try {
          return await holds.returnUnits({
            kind: 'return',
            returnId: returnId.toLowerCase(),
            orderId: orderId.toLowerCase(),
            lines: normalizeLines(lines),
            correlationId: requestId,
          });
        } catch (error) {
          if (!(error instanceof InvalidReturn)) throw error;
          throw invalidInput([{ path: 'input.lines', rule: 'NEVER_SOLD', message: error.message }]);
        }
      },
    ),
  };
}

/** Resolvers of `HeldLine`. */
export const heldLineResolvers = {
  unitPrice: ({
    unitPrice,
  }: {
    readonly unitPrice: { readonly amount: number; readonly currency: string };
  }) => ({
    ...unitPrice,
    exponent: currencyExponent(unitPrice.currency),
  }),
};

/** What is wrong with an input, in one text; null when nothing is. */
function faultsOf(look: (check: InputCheck) => void): string | null {
  const check = new InputCheck();
  look(check);
  try {
    check.done();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
