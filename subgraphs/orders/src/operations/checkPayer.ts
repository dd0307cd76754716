import type { InputCheck, Money } from '@foyer/platform';

interface PayerInput {
  readonly expectedDeposit?: Money | null | undefined;
  readonly paymentProvider?: string | null | undefined;
}

/** How a deposit is paid, as far as somebody said so; notes every wrong field. */
export function checkPayer(
  check: InputCheck,
  { expectedDeposit, paymentProvider }: PayerInput,
): { readonly expected: Money | null; readonly provider: string } {
  const expected = expectedDeposit ?? null;
  const provider = paymentProvider?.trim() ?? '';
  if (expected) {
    check.integer(expected.amount, 'input.expectedDeposit.amount', 0, Number.MAX_SAFE_INTEGER);
    if (expected.amount > 0) check.text(provider, 'input.paymentProvider', 50);
  }
  return { expected, provider };
}
