/** Why a reservation was cancelled. */
export type CancellationReason =
  'BY_GUEST' | 'BY_RESTAURANT' | 'NOT_PAID_IN_TIME' | 'TABLE_GONE' | 'NOT_MADE';

/** A reservation as orders tell of it: the contract `ReservationSnapshot`. Instants are RFC 3339 in UTC. */
export interface Reservation {
  /** Also the id of its order. */
  readonly reservationId: string;
  readonly code: string;
  readonly restaurantId: string;
  readonly areaId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly partySize: number;
  /** null: a guest without an account. */
  readonly userId: string | null;
  /** Sealed name and address of such a guest; null: nobody knows. */
  readonly guest: string | null;
  readonly status: 'PENDING' | 'CONFIRMED' | 'SEATED' | 'COMPLETED' | 'CANCELLED' | 'NO_SHOW';
  readonly reason?: CancellationReason | null;
  readonly policy?: {
    readonly deposit: { readonly amount: number; readonly currency: string };
    readonly freeUntil: string;
    readonly thenPercent: number;
  };
}

/** What of a restaurant its guests are told. */
export interface Restaurant {
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly zipCode: string;
  readonly location: { readonly latitude: number; readonly longitude: number };
  /** IANA name. */
  readonly timeZone: string;
  readonly areas: readonly { readonly areaId: string; readonly name: string }[];
}
