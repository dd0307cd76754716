import type { Queryable } from '@foyer/kafka';

/** A table that is held for who has waited for it, as inventory told of it. */
export interface WaitlistOfferRow {
  readonly entryId: string;
  readonly userId: string;
  readonly restaurantId: string;
  readonly areaId: string;
  readonly startsAt: Date;
  readonly partySize: number;
}

/** The offer that a person's place in line was made. @returns null when none is known here that still stands. */
export async function findWaitlistOffer(
  sql: Queryable,
  entryId: string,
  userId: string,
): Promise<WaitlistOfferRow | null> {
  const [row] = await sql.query<WaitlistOfferRow>(
    `select entry_id as "entryId", user_id as "userId", restaurant_id as "restaurantId", area_id as "areaId",
       starts_at as "startsAt", party_size as "partySize"
     from waitlist_offer where entry_id = $1 and user_id = $2 and expires_at > foyer_now()`,
    [entryId, userId],
  );
  return row ?? null;
}
