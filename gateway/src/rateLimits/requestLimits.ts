/** Requests a minute; 0: as many as they like. */
export interface RequestLimits {
  /** Of guests, by their network: an IPv4 address, or a /64 of IPv6. */
  readonly guestPerMinute: number;
  /** Of a signed-in person, wherever they are. */
  readonly personPerMinute: number;
  /** Of a network, whoever stands behind it. */
  readonly networkPerMinute: number;
}

/** Enough for people, whatever their front end; a network may be an office or a university. */
export const DEFAULT_REQUEST_LIMITS: RequestLimits = {
  guestPerMinute: 100,
  personPerMinute: 1000,
  networkPerMinute: 10_000,
};
