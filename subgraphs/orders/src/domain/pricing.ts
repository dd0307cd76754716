import { shareOf } from '@foyer/platform/domain';

/** Fees and tax on an offer. */
export interface PricingRule {
  /** Share of the line's price, in hundredths of a per cent. */
  readonly feeBasisPoints: number;
  /** Per unit, in minor units of `feeCurrency`; charged on offers in that currency only. */
  readonly feeFixed: number;
  /** null when `feeFixed` is 0. */
  readonly feeCurrency: string | null;
  /** Hundredths of a per cent. */
  readonly taxBasisPoints: number;
  /** Whether prices contain the tax; otherwise it is added. */
  readonly taxIncluded: boolean;
}

/** A line before its price is made up. */
export interface UnpricedLine {
  readonly offerId: string;
  readonly name: string;
  readonly quantity: number;
  /** Minor units. */
  readonly unitPrice: number;
  readonly currency: string;
}

/** A line with everything it costs, in minor units. */
export interface PricedLine {
  readonly offerId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly subtotal: number;
  readonly fee: number;
  readonly tax: number;
  readonly taxIncluded: boolean;
  readonly total: number;
}

/** What lines cost together, in minor units: every amount is the sum of the lines'. */
export interface Totals {
  readonly currency: string;
  readonly subtotal: number;
  readonly fees: number;
  readonly tax: number;
  readonly total: number;
}

/** Prices one line; fee and tax are each rounded half up, once, for the whole line. What is free has no fee. */
export function priceLine(line: UnpricedLine, rule: PricingRule): PricedLine {
  const { offerId, name, quantity, unitPrice, currency } = line;
  const subtotal = unitPrice * quantity;
  const fixed = rule.feeCurrency === currency ? rule.feeFixed * quantity : 0;
  const fee = subtotal === 0 ? 0 : shareOf(subtotal, rule.feeBasisPoints) + fixed;
  const base = subtotal + fee;
  const tax = rule.taxIncluded ? containedTax(base, rule.taxBasisPoints) : shareOf(base, rule.taxBasisPoints);
  const total = rule.taxIncluded ? base : base + tax;
  return { offerId, name, quantity, unitPrice, subtotal, fee, tax, taxIncluded: rule.taxIncluded, total };
}

/** The sum of lines of one currency. */
export function totalsOf(lines: readonly PricedLine[], currency: string): Totals {
  const sum = (amountOf: (line: PricedLine) => number): number =>
    lines.reduce((total, line) => total + amountOf(line), 0);
  return {
    currency,
    subtotal: sum((line) => line.subtotal),
    fees: sum((line) => line.fee),
    tax: sum((line) => line.tax),
    total: sum((line) => line.total),
  };
}

/**
 * An amount shared out over equal units, so that the shares differ by at most one and add up to it.
 * @param unit which of them, from 0.
 */
export function shareOfUnit(amount: number, units: number, unit: number): number {
  const upTo = (count: number): bigint => (BigInt(amount) * BigInt(count)) / BigInt(units);
  return Number(upTo(unit + 1) - upTo(unit));
}

/** The tax inside an amount, rounded half up. */
function containedTax(amount: number, basisPoints: number): number {
  const whole = 10_000n + BigInt(basisPoints);
  return Number((BigInt(amount) * BigInt(basisPoints) * 2n + whole) / (whole * 2n));
}

/** A deposit is money on account, and what is eaten for it is taxed by who serves it: no fee, no tax. */
export const DEPOSIT_RULE: PricingRule = {
  feeBasisPoints: 0,
  feeFixed: 0,
  feeCurrency: null,
  taxBasisPoints: 0,
  taxIncluded: true,
};
