import { formatMoney } from '@foyer/platform/domain';

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** A line as orders tell of it. */
interface Line {
  readonly quantity: number;
  readonly unitPrice: Amount;
}

/** An order as orders tell of it. */
interface ChargedOrder {
  readonly lines: readonly Line[];
  readonly charges?: { readonly fees: Amount; readonly tax: Amount; readonly includedTax: Amount };
  readonly total: Amount;
}

/** What a line costs before fees and tax that are added. */
export function timesQuantity({ quantity, unitPrice }: Line): Amount {
  return { amount: quantity * unitPrice.amount, currency: unitPrice.currency };
}

/**
 * What stands between an order's lines and its total, so that they add up: fees and tax, each where there is one, and the
 * tax that the total contains. Events of before say lines and total only: the difference is both.
 */
export function chargesOf({ lines, charges, total }: ChargedOrder) {
  const sum = lines.reduce((amount, line) => amount + timesQuantity(line).amount, 0);
  const added: readonly (readonly [string, Amount])[] = charges
    ? [
        ['Fees', charges.fees],
        ['Tax', charges.tax],
      ]
    : [['Fees and tax', { ...total, amount: total.amount - sum }]];
  return {
    charges: added
      .filter(([, { amount }]) => amount !== 0)
      .map(([chargeName, amount]) => ({ chargeName, charge: formatMoney(amount) })),
    includedTax: charges && charges.includedTax.amount !== 0 ? formatMoney(charges.includedTax) : '',
  };
}
