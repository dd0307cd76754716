import type { Sealer } from '@foyer/platform';
import type { Guest } from '../domain/guest.js';

const PURPOSE = 'reservation-guest';

/** Keeps names and addresses of guests from whoever reads a database or an event. */
export interface GuestBook {
  /** @returns null for nobody. */
  seal(guest: Guest | null): string | null;
  /** @returns null for nobody. */
  open(sealed: string | null): Guest | null;
}

/** Guests sealed under the installation's secret; notifications opens them with the same purpose. */
export function createGuestBook(sealer: Sealer): GuestBook {
  return {
    seal: (guest) => (guest ? sealer.seal(PURPOSE, JSON.stringify(guest)) : null),
    open: (sealed) => (sealed === null ? null : (JSON.parse(sealer.open(PURPOSE, sealed)) as Guest)),
  };
}
