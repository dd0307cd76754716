import { InputCheck, type UserIdentity } from '@foyer/platform';
import type { Services } from '../services.js';
import { lockAccount } from '../store/accounts.js';
import { userUpdated } from './userEvents.js';

/** What somebody changes of the own preferences; what is undefined stays. */
export interface PreferencesInput {
  readonly cuisines?: readonly string[] | null | undefined;
  readonly dietary?: readonly string[] | null | undefined;
  readonly defaultPartySize?: number | null | undefined;
  /** `NotificationChannel`s of the schema. */
  readonly channels?: readonly string[] | null | undefined;
}

const MAXIMUM_CUISINES = 20;
const MAXIMUM_DIETARY = 20;
const MAXIMUM_PARTY = 60;
const MAXIMUM_CHANNELS = 10;

/** Changes what one likes and needs when eating out, and how one wants to hear from us. @throws Refused `InvalidInput`. */
export async function updatePreferences(
  { database, outbox }: Services,
  { userId }: Pick<UserIdentity, 'userId'>,
  input: PreferencesInput,
): Promise<void> {
  const change = readPreferences(input);
  if (Object.keys(change).length === 0) return;
  await database.transaction(async (client, sql) => {
    await lockAccount(client, sql, userId);
    const account = await client.account.update({ where: { id: userId }, data: change });
    await outbox.appendAll(sql, [userUpdated(account)]);
  });
}

function readPreferences({ cuisines, dietary, defaultPartySize, channels }: PreferencesInput): {
  readonly cuisines?: string[];
  readonly dietary?: string[];
  readonly defaultPartySize?: number | null;
  readonly channels?: string[];
} {
  const check = new InputCheck();
  for (const [path, list, maximum] of [
    ['input.cuisines', cuisines, MAXIMUM_CUISINES],
    ['input.dietary', dietary, MAXIMUM_DIETARY],
    ['input.channels', channels, MAXIMUM_CHANNELS],
  ] as const) {
    check.require(
      list !== null,
      path,
      'REQUIRED',
      'Give a list, which may be empty, or leave it out to keep it.',
    );
    check.require((list?.length ?? 0) <= maximum, path, 'TOO_MANY', `Use at most ${maximum}.`);
  }
  cuisines?.forEach((cuisine, index) => check.text(cuisine, `input.cuisines.${index}`, 50));
  if (typeof defaultPartySize === 'number')
    check.integer(defaultPartySize, 'input.defaultPartySize', 1, MAXIMUM_PARTY);
  check.done();
  return {
    ...(cuisines && { cuisines: [...new Set(cuisines.map((cuisine) => cuisine.trim().toLowerCase()))] }),
    ...(dietary && { dietary: [...new Set(dietary)].sort() }),
    ...(defaultPartySize !== undefined && { defaultPartySize }),
    ...(channels && { channels: [...new Set(channels)].sort() }),
  };
}
