import {
  currencyExponent,
  InputCheck,
  invalidInput,
  isId,
  notFound,
  Refused,
  requireService,
  withRefusals,
} from '@foyer/platform';
import { orderRefused } from '../domain/holdRefused.js';
import { InvalidReturn } from '../domain/invalidReturn.js';
import type { HeldLineAnswer } from '../domain/requests.js';
import { checkId, checkLines, normalizeLines, type LineInput } from './checkLines.js';
import type { InventoryContext, InventoryServices } from './context.js';
import { waitForCode } from './waitForCode.js';

interface HoldInput {
  readonly orderId: string;
  readonly personId: string;
  readonly lines: readonly LineInput[];
  readonly accessCode?: string | null;
  readonly byStaff: boolean;
}

interface ChangeInput {
  readonly changeId: string;
  readonly orderId: string;
  readonly lines: readonly LineInput[];
  readonly byStaff: boolean;
}

interface TakeInput {
  readonly entryId: string;
  readonly orderId: string;
  readonly personId: string;
}

interface LeaveInput {
  readonly entryId: string;
  readonly personId: string;
}

interface ReturnInput {
  readonly returnId: string;
  readonly orderId: string;
  readonly lines: readonly LineInput[];
}

/** Mutations for the orders saga alone. */
export function holdMutations(services: InventoryServices) {
  const { holds } = services;
  return {
    holdOffers: async (_: unknown, { input }: { readonly input: HoldInput }, context: InventoryContext) => {
      requireService(context.identity, 'orders');
      const { orderId, personId, lines, accessCode, byStaff } = input;
      const wrong = faultsOf((check) => {
        checkId(check, orderId, 'input.orderId');
        checkId(check, personId, 'input.personId');
        checkLines(check, lines);
      });
      if (wrong !== null) return orderRefused('INVALID_INPUT', wrong);
      const order = {
        orderId: orderId.toLowerCase(),
        personId: personId.toLowerCase(),
        lines: normalizeLines(lines),
      };
      if (typeof accessCode === 'string' && !byStaff) {
        const seconds = await waitForCode(services, context, { ...order, accessCode });
        const message = `Too many wrong access codes. Try again in ${seconds} s.`;
        if (seconds > 0) return orderRefused('ACCESS_CODE_NEEDED', message);
      }
      return holds.hold({
        kind: 'hold',
        ...order,
        accessCode: accessCode ?? null,
        byStaff,
        correlationId: context.requestId,
      });
    },

    changeHold: async (_: unknown, { input }: { readonly input: ChangeInput }, context: InventoryContext) => {
      requireService(context.identity, 'orders');
      const { changeId, orderId, lines, byStaff } = input;
      const wrong = faultsOf((check) => {
        checkId(check, changeId, 'input.changeId');
        checkId(check, orderId, 'input.orderId');
        checkLines(check, lines);
      });
      if (wrong !== null) return orderRefused('INVALID_INPUT', wrong);
      return holds.change({
        kind: 'change',
        changeId: changeId.toLowerCase(),
        orderId: orderId.toLowerCase(),
        lines: normalizeLines(lines),
        byStaff,
        correlationId: context.requestId,
      });
    },

    takeWaitlistOffer: async (
      _: unknown,
      { input }: { readonly input: TakeInput },
      context: InventoryContext,
    ) => {
      requireService(context.identity, 'orders');
      const { entryId, orderId, personId } = input;
      const wrong = faultsOf((check) => {
        checkId(check, entryId, 'input.entryId');
        checkId(check, orderId, 'input.orderId');
        checkId(check, personId, 'input.personId');
      });
      if (wrong !== null) return orderRefused('INVALID_INPUT', wrong);
      return holds.take({
        kind: 'take',
        entryId: entryId.toLowerCase(),
        orderId: orderId.toLowerCase(),
        personId: personId.toLowerCase(),
        correlationId: context.requestId,
      });
    },

    leaveWaitlistFor: withRefusals(
      async (
        _: unknown,
        { input: { entryId, personId } }: { readonly input: LeaveInput },
        { identity, requestId }: InventoryContext,
      ) => {
        requireService(identity, 'orders');
        if (!isId(entryId) || !isId(personId)) throw notFound('place in line', entryId);
        const answer = await holds.leave({
          kind: 'leave',
          entryId: entryId.toLowerCase(),
          personId: personId.toLowerCase(),
          correlationId: requestId,
        });
        if (answer.__typename === 'WaitlistRefused') throw notFound('place in line', entryId);
        return { __typename: 'WaitlistLeftFor', entryId: answer.entryId };
      },
    ),

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
  unitPrice: ({ unitPrice }: HeldLineAnswer) => ({
    ...unitPrice,
    exponent: currencyExponent(unitPrice.currency),
  }),
};

/** Resolvers of `HeldSeating`. */
export const heldSeatingResolvers = {
  date: ({ day }: NonNullable<HeldLineAnswer['seating']>) => day,
  tables: ({ tables }: NonNullable<HeldLineAnswer['seating']>) => tables.map(({ name }) => name),
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
