import { ReservationCompleted, ReservationConfirmed } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import { guest, person } from '@foyer/platform/testing';
import { createTestCatalog, type Answer, type TestCatalog } from './testing/createTestCatalog.js';
import { published, REFUSAL } from './testing/restaurants.js';

let catalog: TestCatalog;
const owner = person();
let organizationId: string;
let restaurantId: string;

beforeAll(async () => {
  catalog = await createTestCatalog();
  organizationId = await catalog.organization([[owner, 'OWNER']]);
});

beforeEach(async () => {
  restaurantId = await published(catalog, owner, organizationId);
});

afterAll(() => catalog.stop());

const DAY = 86_400_000;
const REVIEW = `... on ReviewPayload { review { id rating text answer mine authorName } }`;

type ReviewAnswer = Answer & { readonly review: { readonly id: string; readonly rating: number } };

/** A reservation by somebody, as orders told of it. @returns its id. */
async function dined(userId: string | null, completed = true): Promise<string> {
  const reservationId = newId();
  const data = {
    ...{ reservationId, code: 'CODE', restaurantId, areaId: newId(), partySize: 2, userId, guest: null },
    ...{ startsAt: '2026-05-01T12:00:00.000Z', endsAt: '2026-05-01T13:30:00.000Z' },
  };
  await catalog.tell('order-events', [
    completed
      ? testEvent(ReservationCompleted, {
          aggregateId: reservationId,
          data: { ...data, status: 'COMPLETED' },
        })
      : testEvent(ReservationConfirmed, {
          aggregateId: reservationId,
          data: { ...data, status: 'CONFIRMED' },
        }),
  ]);
  return reservationId;
}

const write = (as: Identity, input: object): Promise<ReviewAnswer> =>
  catalog.one(
    as,
    `mutation ($input: WriteReviewInput!) { writeReview(input: $input) { __typename ${REVIEW} ${REFUSAL}
       ... on AlreadyReviewed { review { id rating } } } }`,
    { input },
  );

const edit = (as: Identity, input: object): Promise<ReviewAnswer> =>
  catalog.one(
    as,
    `mutation ($input: EditReviewInput!) { editReview(input: $input) { __typename ${REVIEW} ${REFUSAL} } }`,
    { input },
  );

const answer = (as: Identity, input: object): Promise<ReviewAnswer> =>
  catalog.one(
    as,
    `mutation ($input: AnswerReviewInput!) { answerReview(input: $input) { __typename ${REVIEW} ${REFUSAL} } }`,
    { input },
  );

const rating = async () =>
  (
    await catalog.one<{ rating: { average: number | null; count: number } }>(
      guest,
      `query ($id: ID!) { restaurant(id: $id) { rating { average count } } }`,
      { id: restaurantId },
    )
  ).rating;

const drift = () =>
  catalog.one<readonly object[]>(
    person(undefined, 'MANAGER'),
    `{ ratingDrift { restaurant { id } count actualCount } }`,
  );

describe('reviews', () => {
  it('are written by who dined, once per reservation', async () => {
    const diner = person();
    await catalog.person(diner.userId, { name: 'Lan Thị Nguyễn' });
    const reservationId = await dined(diner.userId);
    const review = { reservationId, rating: 4, text: ' Good soup ' };
    const first = await write(diner, review);
    expect(first.review).toMatchObject({ rating: 4, text: 'Good soup', mine: true, authorName: 'Lan N.' });
    // A lost answer: the same again is the same review.
    expect((await write(diner, review)).review.id).toBe(first.review.id);
    expect(await write(diner, { ...review, rating: 1 })).toMatchObject({
      code: 'ALREADY_REVIEWED',
      review: { id: first.review.id, rating: 4 },
    });
    expect(await rating()).toEqual({ average: 4, count: 1 });
  });

  it('are not written by anybody else, nor before dining', async () => {
    const diner = person();
    const reservationId = await dined(diner.userId);
    expect(await write(person(), { reservationId, rating: 1 })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await write(diner, { reservationId: await dined(diner.userId, false), rating: 1 })).toMatchObject({
      code: 'NOT_IN_STATE',
    });
    expect(await write(diner, { reservationId: await dined(null), rating: 1 })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await write(diner, { reservationId, rating: 6, text: 'x'.repeat(5001) })).toMatchObject({
      fields: [{ path: 'input.rating' }, { path: 'input.text' }],
    });
    expect(await rating()).toEqual({ average: null, count: 0 });
  });

  it('can be changed by their author for 30 days, and move the average', async () => {
    const diner = person();
    const { review } = await write(diner, { reservationId: await dined(diner.userId), rating: 5 });
    expect((await edit(diner, { reviewId: review.id, rating: 2 })).review).toMatchObject({
      rating: 2,
      text: '',
    });
    expect(await rating()).toEqual({ average: 2, count: 1 });
    expect(await edit(person(), { reviewId: review.id, rating: 1 })).toMatchObject({ code: 'NOT_FOUND' });
    catalog.clock.advance(30 * DAY);
    try {
      expect(await edit(diner, { reviewId: review.id, rating: 1 })).toMatchObject({ code: 'REVIEW_FINAL' });
    } finally {
      catalog.clock.set(new Date());
    }
    expect(await rating()).toEqual({ average: 2, count: 1 });
  });

  it('are answered by the restaurant', async () => {
    const diner = person();
    const viewer = person();
    const { review } = await write(diner, { reservationId: await dined(diner.userId), rating: 3 });
    const input = { reviewId: review.id, answer: ' Thank you ' };
    expect((await answer(owner, input)).review).toMatchObject({ answer: 'Thank you', mine: false });
    expect(await answer(diner, input)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await answer(viewer, input)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await answer(owner, { reviewId: review.id, answer: null })).review).toMatchObject({
      answer: null,
    });
  });

  it('are listed page by page, the newest first', async () => {
    const ids: string[] = [];
    for (const stars of [1, 2, 3]) {
      const diner = person();
      catalog.clock.advance(1000);
      ids.unshift(
        (await write(diner, { reservationId: await dined(diner.userId), rating: stars })).review.id,
      );
    }
    const query = `query ($id: ID!, $after: String) { restaurant(id: $id) { reviews(first: 2, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } } }`;
    interface Page {
      reviews: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const first = (await catalog.one<Page>(guest, query, { id: restaurantId })).reviews;
    const after = first.pageInfo.endCursor;
    const second = (await catalog.one<Page>(guest, query, { id: restaurantId, after })).reviews;
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('add up to the average under any concurrency', async () => {
    const diners = Array.from({ length: 20 }, () => person());
    const reservations = await Promise.all(diners.map(({ userId }) => dined(userId)));
    const each = await Promise.all(
      // Twice at once each, as a nervous finger does it.
      diners.flatMap((diner, index) => {
        const input = { reservationId: reservations[index], rating: (index % 5) + 1 };
        return [write(diner, input), write(diner, input)];
      }),
    );
    expect(new Set(each.map(({ review }) => review.id)).size).toBe(20);
    expect(await rating()).toEqual({ average: 3, count: 20 });
    await Promise.all(
      diners.flatMap((diner, index) => {
        const reviewId = each[2 * index]?.review.id;
        return [5, 1].map((stars) => edit(diner, { reviewId, rating: stars }));
      }),
    );
    const { rows } = await catalog.pool.query<{ average: number }>(
      `select avg(rating)::float8 as average from review where restaurant_id = $1`,
      [restaurantId],
    );
    expect(await rating()).toEqual({ average: rows[0]?.average, count: 20 });
    expect(await drift()).toEqual([]);
  });

  it('show a drift when somebody counts without the lock', async () => {
    // The control: two writers that read the count, then write it back.
    const counts = async () => {
      const { rows } = await catalog.pool.query<{ count: number }>(
        `select review_count as count from restaurant where id = $1`,
        [restaurantId],
      );
      return rows[0]?.count ?? 0;
    };
    const read = await Promise.all([counts(), counts()]);
    for (const count of read) {
      const diner = newId();
      await catalog.pool.query(
        `insert into review (id, reservation_id, restaurant_id, user_id, rating, text, created_at, updated_at)
         values ($1, $2, $3, $4, 5, '', now(), now())`,
        [newId(), newId(), restaurantId, diner],
      );
      await catalog.pool.query(`update restaurant set review_count = $2, rating_sum = 5 * $2 where id = $1`, [
        restaurantId,
        count + 1,
      ]);
    }
    expect(await drift()).toEqual([{ restaurant: { id: restaurantId }, count: 1, actualCount: 2 }]);
    await catalog.pool.query(`delete from review where restaurant_id = $1`, [restaurantId]);
    await catalog.pool.query(`update restaurant set review_count = 0, rating_sum = 0 where id = $1`, [
      restaurantId,
    ]);
  });
});
