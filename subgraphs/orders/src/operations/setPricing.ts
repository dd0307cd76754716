import { findOfferCopies, requireOrganizationRight } from '@foyer/kafka';
import { InputCheck, isId, newId, notFound, requireUser, type Identity, type Money } from '@foyer/platform';
import type { PricingModel } from '../store/records.js';
import type { Services } from './services.js';

/** Fees and tax to set. */
export interface SetPricingInput {
  readonly organizationId: string;
  /** Absent: all offers that have none of their own. */
  readonly offerId?: string | null | undefined;
  readonly feeBasisPoints: number;
  readonly feeFixed?: Money | null | undefined;
  readonly taxBasisPoints: number;
  readonly taxIncluded: boolean;
}

/**
 * Sets fees and tax of an organization or of one of its offers, for owners and admins.
 * @throws Refused for strangers, wrong values, and offers of others.
 */
export async function setPricing(
  { store }: Services,
  identity: Identity,
  input: SetPricingInput,
): Promise<PricingModel> {
  const { userId } = requireUser(identity);
  const { organizationId, feeBasisPoints, taxBasisPoints, taxIncluded } = input;
  if (!isId(organizationId)) throw notFound('organization', organizationId);
  const roles = ['OWNER', 'ADMIN'] as const;
  await requireOrganizationRight(store.sql, identity, { organizationId, roles });
  const feeFixed = input.feeFixed?.amount ?? 0;
  new InputCheck()
    .integer(feeBasisPoints, 'input.feeBasisPoints', 0, 10_000)
    .integer(taxBasisPoints, 'input.taxBasisPoints', 0, 10_000)
    .integer(feeFixed, 'input.feeFixed.amount', 0, 1_000_000_000)
    .done();
  const offerId = input.offerId ?? null;
  if (offerId !== null) {
    const [offer] = isId(offerId) ? await findOfferCopies(store.sql, [offerId]) : [];
    if (offer?.organizationId !== organizationId.toLowerCase()) throw notFound('offer', offerId);
    new InputCheck()
      .require(offer.kind !== 'TABLE', 'input.offerId', 'TABLE', 'A deposit has no fee and no tax.')
      .done();
  }
  const id = newId();
  await store.sql.query(
    `insert into pricing as p (id, organization_id, offer_id, fee_basis_points, fee_fixed, fee_currency,
       tax_basis_points, tax_included, updated_by, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, foyer_now())
     on conflict (organization_id, offer_id) do update set fee_basis_points = excluded.fee_basis_points,
       fee_fixed = excluded.fee_fixed, fee_currency = excluded.fee_currency, tax_basis_points = excluded.tax_basis_points,
       tax_included = excluded.tax_included, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
    [
      id,
      organizationId,
      offerId,
      feeBasisPoints,
      feeFixed,
      feeFixed > 0 ? input.feeFixed?.currency : null,
      taxBasisPoints,
      taxIncluded,
      userId,
    ],
  );
  return store.database.client.pricing.findFirstOrThrow({ where: { organizationId, offerId } });
}
