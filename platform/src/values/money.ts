/** An amount in a currency's minor unit (cents, đồng): a safe integer. */
export interface Money {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

/**
 * Minor-unit digits of a currency (ISO 4217), from the runtime's own CLDR data: USD 2, VND 0, KWD 3.
 * @returns null for what is no known currency code.
 */
export function currencyExponent(currency: string): number | null {
  const known = exponents.get(currency);
  if (known !== undefined) return known;
  const exponent = exponentOf(currency);
  if (exponent !== null) exponents.set(currency, exponent);
  return exponent;
}

/** Asking the runtime takes far longer than remembering, and there are some 300 of them. */
const exponents = new Map<string, number>();

function exponentOf(currency: string): number | null {
  if (!KNOWN_CURRENCIES.has(currency)) return null;
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

const KNOWN_CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

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
