import { CURRENCIES, WITHDRAWN_CURRENCIES } from './currencies.js';

/** An amount in a currency's minor unit (cents, đồng): a safe integer. */
export interface Money {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

/**
 * Minor-unit digits of a currency (ISO 4217): USD 2, VND 0, KWD 3, HUF 2. Withdrawn ones have theirs, for amounts that are
 * stored in them.
 * @returns null for what is no currency.
 */
export function currencyExponent(currency: string): number | null {
  return CURRENCIES.get(currency) ?? WITHDRAWN_CURRENCIES.get(currency) ?? null;
}

/** Whether something can be priced in a currency: it is active, and has a minor unit. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/**
 * A share of an amount, rounded half up in minor units.
 * @param basisPoints hundredths of a per cent: 700 is 7 %.
 */
export function shareOf(amount: number, basisPoints: number): number {
  return Number((BigInt(amount) * BigInt(basisPoints) * 2n + 10_000n) / 20_000n);
}

/** An amount as people write it, for mails and pages: `12.50 USD`, `250,000 VND`. */
export function formatMoney(money: Money): string {
  const exponent = currencyExponent(money.currency) ?? 2;
  const text = (money.amount / 10 ** exponent).toLocaleString('en-US', {
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  return `${text} ${money.currency}`;
}
