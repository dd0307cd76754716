import { Type, type Static, type TSchema } from '@sinclair/typebox';

/** A UUID. */
export const Id = Type.String({ format: 'uuid' });

/** An instant, RFC 3339 in UTC. */
export const Instant = Type.String({ format: 'date-time' });

/** A calendar day with no zone, `2026-05-01`. */
export const LocalDate = Type.String({ format: 'date' });

/** A time of the wall clock with no zone, `19:30`. */
export const LocalTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });

/** An amount in minor units of a currency (ISO 4217). */
export const MoneyAmount = Type.Object({
  amount: Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});

/** A value or null. */
export const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** One of several texts. */
export const oneOf = <const Values extends readonly string[]>(...values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] });

/** A secret for one consumer, sealed under the installation's secret (`Sealer`) with the purpose of the same name. */
export const Sealed = Type.String({ minLength: 1 });

/** How a recipient is addressed. */
export const Addressee = { userId: Id, email: Type.String(), name: Type.String() };

/** An amount in minor units of a currency. */
export type MoneyAmount = Static<typeof MoneyAmount>;
