import { normalEmailAddress } from '@foyer/platform';
import { defineHandler, UserUpdated, type EventHandler } from '@foyer/kafka';

/** Tickets that were sent to an address belong to whoever has it verified. */
export const onEmailVerified: EventHandler = defineHandler(UserUpdated, {
  name: 'claim-tickets',
  async handle({ data: { userId, email, emailVerified, active } }, { sql }) {
    if (!emailVerified || !active) return;
    await sql.query(`update ticket set owner_id = $1 where owner_id is null and owner_email = $2`, [
      userId,
      normalEmailAddress(email),
    ]);
  },
});
