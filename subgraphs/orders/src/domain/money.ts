import { currencyExponent, type Money } from '@foyer/platform/domain';

/** An amount with its currency's exponent, as the graph's `Money` has it. */
export interface MoneyValue extends Money {
  /** Digits of the minor unit. */
  readonly exponent: number;
}

/** An amount for the graph. */
export function money(amount: number | bigint, currency: string): MoneyValue {
  return { amount: Number(amount), currency, exponent: exponentOf(currency) };
}

const exponents = new Map<string, number>();

function exponentOf(currency: string): number {
  const known = exponents.get(currency);
  if (known !== undefined) return known;
  const exponent = currencyExponent(currency) ?? 2;
  exponents.set(currency, exponent);
  return exponent;
}
