import { normalEmailAddress } from '@foyer/platform';
import { UserRegistered, UserUpdated } from '../contracts/index.js';
import { defineHandler } from '../inbox/defineHandler.js';
import { defineProjection } from '../rebuild/projection.js';
import type { Queryable } from './queryable.js';

/** What a person likes and needs when eating out, and how they want to hear from us. */
export interface PersonPreferences {
  /** In lower case. */
  readonly cuisines: readonly string[];
  /** Dietary marks. */
  readonly dietary: readonly string[];
  /** null: none. */
  readonly defaultPartySize: number | null;
  /** Channels of notifications that are wanted; absent: all. */
  readonly channels?: readonly string[];
}

/** A person as the copy knows them. */
export interface PersonCopy {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly language: string;
  readonly active: boolean;
  readonly emailVerified: boolean;
  readonly preferences: PersonPreferences;
}

const COLUMNS = `user_id as "userId", email, name, language, active, email_verified as "emailVerified", preferences`;

const setIn = (
  schema: string,
): string => `insert into ${schema}.person (user_id, email, name, language, active, email_verified, preferences)
  values ($1, $2, $3, $4, $5, $6, coalesce($7::jsonb, '{"cuisines": [], "dietary": [], "defaultPartySize": null}'))
  on conflict (user_id) do update set email = excluded.email, name = excluded.name, language = excluded.language,
    active = excluded.active, email_verified = excluded.email_verified,
    preferences = coalesce($7::jsonb, ${schema}.person.preferences)`;

/** Everybody with an account, as users tells it. */
export const personCopy = defineProjection({
  name: 'person-copy',
  schema: 'copies',
  tables: ['person'],
  handlers: (schema) => [
    defineHandler(UserRegistered, {
      name: 'person-copy',
      handle: async ({ data }, { sql }) => {
        await sql.query(setIn(schema), [
          data.userId,
          normalEmailAddress(data.email),
          data.name,
          data.language,
          true,
          false,
          null,
        ]);
      },
    }),
    defineHandler(UserUpdated, {
      name: 'person-copy',
      handle: async ({ data }, { sql }) => {
        await sql.query(setIn(schema), [
          data.userId,
          normalEmailAddress(data.email),
          data.name,
          data.language,
          data.active,
          data.emailVerified,
          data.preferences ? JSON.stringify(data.preferences) : null,
        ]);
      },
    }),
  ],
});

/** @returns null when the copy knows no such person. */
export async function findPerson(sql: Queryable, userId: string): Promise<PersonCopy | null> {
  const [row] = await sql.query<PersonCopy>(`select ${COLUMNS} from copies.person where user_id = $1`, [
    userId,
  ]);
  return row ?? null;
}

/** Those of these people whom the copy knows. */
export async function findPeople(sql: Queryable, userIds: readonly string[]): Promise<readonly PersonCopy[]> {
  return sql.query<PersonCopy>(`select ${COLUMNS} from copies.person where user_id = any($1::uuid[])`, [
    userIds,
  ]);
}

/**
 * The person with this (normalized) email; of accounts that met in one, always the same, and one that has it verified.
 * @returns null when the copy knows nobody.
 */
export async function findPersonByEmail(sql: Queryable, email: string): Promise<PersonCopy | null> {
  const [row] = await sql.query<PersonCopy>(
    `select ${COLUMNS} from copies.person where email = $1
     order by (email_verified and active) desc, user_id limit 1`,
    [email],
  );
  return row ?? null;
}
