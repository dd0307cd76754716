import type { SqlTransaction } from '@foyer/platform';

/** Somebody who runs a restaurant. */
export interface StaffMember {
  readonly userId: string;
  readonly email: string;
  readonly language: string;
}

/** Roles that run a restaurant. VIEWER and DOOR see the day's reservations, and are not told of each. */
const ROLES = ['OWNER', 'ADMIN', 'EDITOR'];

/** The people who run a restaurant, as far as the copies know them: members whose role covers it, with an account in use. */
export async function findStaff(
  sql: Pick<SqlTransaction, 'query'>,
  organizationId: string,
  restaurantId: string,
): Promise<readonly StaffMember[]> {
  return sql.query<StaffMember>(
    `select user_id as "userId", email, language from copies.membership join copies.person using (user_id)
     where organization_id = $1 and role = any($2::text[]) and active
       and (listing_ids is null or $3::uuid = any(listing_ids))
     order by user_id`,
    [organizationId, ROLES, restaurantId],
  );
}
