import { requireOrganizationRight } from '@foyer/kafka';
import { InputCheck, isId, notFound, notInState, requireUser, withRefusals } from '@foyer/platform';
import {
  alreadyReviewed,
  checkReview,
  editableUntil,
  requireEditableReview,
  shortName,
  type Review,
} from '../../domain/restaurants/review.js';
import type { CatalogContext, CatalogServices } from '../context.js';
import { EDITORS } from '../visibility.js';

interface Input<Value> {
  readonly input: Value;
}

const payload = (review: Review) => ({ __typename: 'ReviewPayload', review });

/** Fields of a review that are not simply read off it. */
export const reviewResolvers = {
  restaurant: ({ restaurantId }: Review, _: unknown, { restaurants }: CatalogContext) =>
    restaurants.load(restaurantId),
  async authorName({ userId }: Review, _: unknown, { people }: CatalogContext) {
    const person = await people.load(userId);
    return person && shortName(person.name);
  },
  mine: ({ userId }: Review, _: unknown, { identity }: CatalogContext) =>
    identity.kind === 'user' && identity.userId === userId,
  editableUntil,
};

/** Mutations of reviews. */
export function reviewMutations({ store, restaurants, reviews, clock }: CatalogServices) {
  return {
    writeReview: withRefusals(
      async (
        _: unknown,
        { input }: Input<Pick<Review, 'reservationId' | 'rating' | 'text'>>,
        context: CatalogContext,
      ) => {
        const { userId } = requireUser(context.identity);
        const { reservationId, rating } = input;
        const reservation = isId(reservationId) ? await reviews.reservation(reservationId) : null;
        if (reservation?.userId !== userId) throw notFound('reservation', reservationId);
        if (reservation.status !== 'COMPLETED') {
          throw notInState(
            `The reservation is ${reservation.status}; it can be reviewed once you have dined.`,
            reservation.status,
          );
        }
        const text = input.text.trim();
        const check = new InputCheck();
        checkReview(check, rating, text);
        check.done();
        const { restaurantId } = reservation;
        const { review, written } = await reviews.write(
          { reservationId, restaurantId, userId, rating, text },
          clock.now(),
        );
        // The same once more is a lost answer, not a second review.
        if (!written && (review.rating !== rating || review.text !== text)) throw alreadyReviewed(review);
        context.restaurants.clear(restaurantId);
        return payload(review);
      },
    ),

    editReview: withRefusals(
      async (
        _: unknown,
        { input }: Input<{ reviewId: string; rating?: number | null; text?: string | null }>,
        context: CatalogContext,
      ) => {
        const { userId } = requireUser(context.identity);
        const { reviewId } = input;
        const changed = isId(reviewId)
          ? await reviews.change(reviewId, (review) => {
              if (review.userId !== userId) throw notFound('review', reviewId);
              const now = clock.now();
              requireEditableReview(review, now);
              const [rating, text] = [input.rating ?? review.rating, (input.text ?? review.text).trim()];
              const check = new InputCheck();
              checkReview(check, rating, text);
              check.done();
              return { rating, text, updatedAt: now };
            })
          : null;
        if (!changed) throw notFound('review', reviewId);
        context.restaurants.clear(changed.restaurantId);
        return payload(changed);
      },
    ),

    answerReview: withRefusals(
      async (
        _: unknown,
        { input }: Input<{ reviewId: string; answer?: string | null }>,
        context: CatalogContext,
      ) => {
        requireUser(context.identity);
        const { reviewId, answer = null } = input;
        const review = isId(reviewId) ? await reviews.find(reviewId) : null;
        const restaurant = review && (await restaurants.find(review.restaurantId));
        if (!review || !restaurant) throw notFound('review', reviewId);
        await requireOrganizationRight(store.copies, context.identity, {
          organizationId: restaurant.organizationId,
          roles: EDITORS,
          listingId: restaurant.id,
        });
        const check = new InputCheck();
        if (answer !== null) check.text(answer, 'input.answer', 5000);
        check.done();
        const changed = await reviews.change(reviewId, () => ({
          answer: answer?.trim() ?? null,
          answeredAt: answer === null ? null : clock.now(),
        }));
        if (!changed) throw notFound('review', reviewId);
        return payload(changed);
      },
    ),
  };
}
