import type { InventoryPort } from '../inventory/inventoryPort.js';
import type { PaymentsPort } from '../payments/paymentsPort.js';
import type { TicketCodes } from '../tickets/createTicketCodes.js';
import type { Store } from '../store/openStore.js';

/** Whom the sagas ask, and what they write with. */
export interface Parties {
  readonly inventory: InventoryPort;
  readonly payments: PaymentsPort;
  readonly codes: TicketCodes;
  readonly store: Store;
}
