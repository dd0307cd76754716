import { InputCheck } from '@foyer/platform';

interface Named {
  readonly name: string;
  readonly email: string;
}

/**
 * Whom an order is for: whoever the buyer named, or the account itself.
 * @param path of the name in the arguments.
 * @throws Refused `InvalidInput` when nobody is named and the account is not known here yet.
 */
export function accountBuyer(named: Named | null | undefined, account: Named | null, path: string): Named {
  const buyer = named ?? account;
  new InputCheck()
    .require(
      buyer !== null,
      path,
      'REQUIRED',
      'Your account is not known here yet: give your name and email.',
    )
    .done();
  return { name: buyer?.name ?? '', email: buyer?.email ?? '' };
}
