import type { ServiceClient } from '@foyer/platform';
import type { HeldLine, InventoryPort } from './inventoryPort.js';
import { takeRefusal } from './takeRefusal.js';

const HOLD = `mutation HoldOffers($input: HoldOffersInput!) {
  holdOffers(input: $input) {
    __typename
    ... on OffersHeld { expiresAt lines { offerId listingId name quantity unitPrice { amount currency } } }
    ... on Refusal { code message }
    ... on HoldRefused { offerId available state }
  }
}`;
const CONFIRM = `mutation ConfirmHold($orderId: ID!) {
  confirmHold(orderId: $orderId) { __typename ... on Refusal { code message } }
}`;
const RELEASE = `mutation ReleaseHold($orderId: ID!, $reason: String!) {
  releaseHold(orderId: $orderId, reason: $reason) { __typename }
}`;
const RETURN = `mutation ReturnUnits($input: ReturnUnitsInput!) { returnUnits(input: $input) { __typename } }`;

interface Held {
  readonly __typename: string;
  readonly expiresAt: string;
  readonly lines: readonly HeldLine[];
}

/** Inventory by its service-only mutations. */
export function createInventoryClient(client: ServiceClient): InventoryPort {
  const demand = (answer: { readonly __typename: string }, expected: string): void => {
    if (answer.__typename !== expected)
      throw new Error(`inventory answers ${answer.__typename}, not ${expected}`);
  };
  return {
    async hold(request) {
      const { holdOffers } = await client.request<{ holdOffers: Held }>(
        HOLD,
        { input: request },
        request.orderId,
      );
      const refusal = takeRefusal(holdOffers, 'OffersHeld');
      if (refusal) return { refusal };
      return { refusal: null, expiresAt: new Date(holdOffers.expiresAt), lines: holdOffers.lines };
    },
    async confirm(orderId) {
      const variables = { orderId };
      const { confirmHold } = await client.request<{ confirmHold: { __typename: string } }>(
        CONFIRM,
        variables,
        orderId,
      );
      return takeRefusal(confirmHold, 'HoldConfirmed');
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
