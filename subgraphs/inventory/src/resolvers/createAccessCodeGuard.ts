import { networkOf, type Identity, type RateLimit, type RateLimiter } from '@foyer/platform';

/** Whether codes are being guessed. */
export interface AccessCodeGuard {
  /**
   * Takes note of a code that is shown. Only wrong ones count; once there were too many, right ones are no longer
   * answered either, so that a guess tells nothing.
   * @param right whether it is one of the listing's.
   * @returns 0 when it may be answered, else the whole seconds until it may.
   */
  show(from: CodeShower, listingId: string, right: boolean): Promise<number>;
}

/** Who shows a code. */
export interface CodeShower {
  /** Null for who is not signed in. */
  readonly personId: string | null;
  /** Null where it is not known. */
  readonly network: string | null;
}

/** The window in which wrong codes are counted, in seconds. */
const WINDOW = 600;

/** Wrong codes of a network and of a listing for each that one person may show: many people can stand behind one. */
const PER_NETWORK = 5;
const PER_LISTING = 10;

/**
 * Counts wrong codes by person and network, and by listing over everybody. When a listing has too many, nobody is locked
 * out who is signed in: each may still show one wrong code in the window, and guests none; whoever has the right one
 * shows it first.
 * @param attempts wrong codes that one person may show in ten minutes.
 */
export function createAccessCodeGuard(rateLimiter: RateLimiter, attempts: number): AccessCodeGuard {
  const limitOf = (name: string, points: number): RateLimit => ({
    name: `access-code-${name}`,
    points,
    seconds: WINDOW,
  });
  const perPerson = limitOf('person', attempts);
  const perNetwork = limitOf('network', attempts * PER_NETWORK);
  const perListing = limitOf('listing', attempts * PER_LISTING);
  const besieged = limitOf('besieged', 1);
  return {
    async show({ personId, network }, listingId, right) {
      const points = right ? 0 : 1;
      // A guest's network counts as a person.
      const own = personId ?? `guest ${network ?? ''}`;
      const answers = [
        await rateLimiter.consume(perPerson, own, points),
        ...(network === null ? [] : [await rateLimiter.consume(perNetwork, network, points)]),
      ];
      const everybody = await rateLimiter.consume(perListing, listingId, points);
      if (!everybody.allowed) {
        answers.push(
          personId === null
            ? everybody
            : await rateLimiter.consume(besieged, `${listingId} ${personId}`, points),
        );
      }
      return Math.max(0, ...answers.map(({ retryAfter }) => retryAfter));
    },
  };
}

/** A person or guest as who shows a code; null for subgraphs, which are not counted. */
export function showerOf(identity: Identity): CodeShower | null {
  if (identity.kind === 'service') return null;
  return {
    personId: identity.kind === 'user' ? identity.userId : null,
    network: networkOf(identity.address),
  };
}
