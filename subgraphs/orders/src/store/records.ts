import type { PrismaClient } from '@foyer/prisma/orders';

type Row<Model extends 'orderLine' | 'orderChange' | 'refund' | 'pricing' | 'saga'> = NonNullable<
  Awaited<ReturnType<PrismaClient[Model]['findFirst']>>
>;

/** A line of an order, as Prisma reads it. */
export type LineModel = Row<'orderLine'>;
/** A change of an order, as Prisma reads it. */
export type ChangeModel = Row<'orderChange'>;
/** A refund, as Prisma reads it. */
export type RefundModel = Row<'refund'>;
/** Fees and tax, as Prisma reads them. */
export type PricingModel = Row<'pricing'>;
/** A saga, as Prisma reads it. */
export type SagaModel = Row<'saga'>;
