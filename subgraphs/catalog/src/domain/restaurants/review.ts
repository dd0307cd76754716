import { Refused, type InputCheck } from '@foyer/platform/domain';

/** What somebody who dined says of it. */
export interface Review {
  readonly id: string;
  readonly reservationId: string;
  readonly restaurantId: string;
  readonly userId: string;
  /** 1 to 5. */
  readonly rating: number;
  readonly text: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** What the restaurant answers. */
  readonly answer: string | null;
  readonly answeredAt: Date | null;
}

const EDITABLE_MS = 30 * 24 * 60 * 60 * 1000;
const MAXIMUM_TEXT = 5000;

/** Until when who wrote a review may change it. */
export function editableUntil({ createdAt }: Pick<Review, 'createdAt'>): Date {
  return new Date(createdAt.getTime() + EDITABLE_MS);
}

/** @throws Refused `ReviewFinal` when a review can't be changed any more. */
export function requireEditableReview(review: Pick<Review, 'createdAt'>, now: Date): void {
  const until = editableUntil(review);
  if (now < until) return;
  throw new Refused({
    __typename: 'ReviewFinal',
    code: 'REVIEW_FINAL',
    message: `A review can be changed for 30 days: this one could until ${until.toISOString()}.`,
    editableUntil: until,
  });
}

/** The refusal of a second, different review of one reservation. */
export function alreadyReviewed(review: Review): Refused {
  return new Refused({
    __typename: 'AlreadyReviewed',
    code: 'ALREADY_REVIEWED',
    message: 'You have reviewed this already; edit that review.',
    review,
  });
}

/** Notes every wrong field of what a review says. */
export function checkReview(check: InputCheck, rating: number, text: string): void {
  check.integer(rating, 'input.rating', 1, 5).optionalText(text, 'input.text', MAXIMUM_TEXT);
}

/** First name and the initial of the last: `Lan N.` */
export function shortName(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/);
  const last = others.at(-1);
  return last === undefined ? first : `${first} ${[...last][0] ?? ''}.`;
}
