import type { ServiceClient } from '@foyer/platform';
import type { HeldLine, HoldAnswer, InventoryPort, LinesAnswer } from './inventoryPort.js';
import { takeRefusal } from './takeRefusal.js';

const LINES = `lines { offerId listingId name quantity unitPrice { amount currency }
  seating { startsAt endsAt date tables } }`;
const REFUSAL = `... on Refusal { code message }
  ... on HoldRefused { offerId available state freeTimes { startsAt endsAt localTime areaId areaName } }`;
const HOLD = `mutation HoldOffers($input: HoldOffersInput!) {
  holdOffers(input: $input) { __typename ... on OffersHeld { expiresAt ${LINES} } ${REFUSAL} }
}`;
const TAKE = `mutation TakeWaitlistOffer($input: TakeWaitlistOfferInput!) {
  takeWaitlistOffer(input: $input) { __typename ... on OffersHeld { expiresAt ${LINES} } ${REFUSAL} }
}`;
const LEAVE = `mutation LeaveWaitlistFor($input: LeaveWaitlistForInput!) {
  leaveWaitlistFor(input: $input) { __typename ... on Refusal { code message } }
}`;
const CHANGE = `mutation ChangeHold($input: ChangeHoldInput!) {
  changeHold(input: $input) { __typename ... on HoldChanged { ${LINES} } ${REFUSAL} }
}`;
const CONFIRM = `mutation ConfirmHold($orderId: ID!) {
  confirmHold(orderId: $orderId) { __typename ... on HoldConfirmed { ${LINES} } ${REFUSAL} }
}`;
const RELEASE = `mutation ReleaseHold($orderId: ID!, $reason: String!) {
  releaseHold(orderId: $orderId, reason: $reason) { __typename }
}`;
const RETURN = `mutation ReturnUnits($input: ReturnUnitsInput!) { returnUnits(input: $input) { __typename } }`;

interface Lines {
  readonly __typename: string;
  readonly lines: readonly HeldLine[];
}

interface Held extends Lines {
  readonly expiresAt: string;
}

/** Inventory by its service-only mutations. */
export function createInventoryClient(client: ServiceClient): InventoryPort {
  const demand = (answer: { readonly __typename: string }, expected: string): void => {
    if (answer.__typename !== expected)
      throw new Error(`inventory answers ${answer.__typename}, not ${expected}`);
  };
  const heldBy = (answer: Held): HoldAnswer => {
    const refusal = takeRefusal(answer, 'OffersHeld');
    if (refusal) return { refusal };
    return { refusal: null, expiresAt: new Date(answer.expiresAt), lines: answer.lines };
  };
  const linesBy = (answer: Lines, expected: string): LinesAnswer => {
    const refusal = takeRefusal(answer, expected);
    return refusal ? { refusal } : { refusal: null, lines: answer.lines };
  };
  return {
    async hold(input) {
      const { holdOffers } = await client.request<{ holdOffers: Held }>(HOLD, { input }, input.orderId);
      return heldBy(holdOffers);
    },
    async takeWaitlistOffer(input) {
      const { takeWaitlistOffer } = await client.request<{ takeWaitlistOffer: Held }>(
        TAKE,
        { input },
        input.orderId,
      );
      return heldBy(takeWaitlistOffer);
    },
    async leaveWaitlist(input) {
      const { leaveWaitlistFor } = await client.request<{ leaveWaitlistFor: { __typename: string } }>(
        LEAVE,
        { input },
        input.entryId,
      );
      return takeRefusal(leaveWaitlistFor, 'WaitlistLeftFor');
    },
    async change(input) {
      const { changeHold } = await client.request<{ changeHold: Lines }>(CHANGE, { input }, input.orderId);
      return linesBy(changeHold, 'HoldChanged');
    },
    async confirm(orderId) {
      const variables = { orderId };
      const { confirmHold } = await client.request<{ confirmHold: Lines }>(CONFIRM, variables, orderId);
      return linesBy(confirmHold, 'HoldConfirmed');
    },
    async release(orderId, reason) {
      const variables = { orderId, reason };
      const { releaseHold } = await client.request<{ releaseHold: { __typename: string } }>(
        RELEASE,
        variables,
        orderId,
      );
      demand(releaseHold, 'HoldReleased');
    },
    async returnUnits(request) {
      const variables = { input: request };
      const { returnUnits } = await client.request<{ returnUnits: { __typename: string } }>(
        RETURN,
        variables,
        request.orderId,
      );
      demand(returnUnits, 'UnitsReturned');
    },
  };
}
