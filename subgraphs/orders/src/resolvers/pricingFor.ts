import { money } from '../domain/money.js';
import type { PricingModel } from '../store/records.js';

/** Fees and tax as the graph shows them. */
export function pricingFor(pricing: PricingModel) {
  const { offerId, feeBasisPoints, feeFixed, feeCurrency, taxBasisPoints, taxIncluded, updatedAt } = pricing;
  return {
    ticketClass: offerId === null ? null : { id: offerId },
    feeBasisPoints,
    feeFixed: feeCurrency === null ? null : money(feeFixed, feeCurrency),
    taxBasisPoints,
    taxIncluded,
    updatedAt,
  };
}
