import { waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../../harness/checkInvariants.js';
import { joinLine, watchPlace } from '../../harness/line.js';
import { mailTo } from '../../harness/mail.js';
import {
  onPayPage,
  ORDER,
  orderIs,
  placed,
  placeOrder,
  toPay,
  type OrderView,
} from '../../harness/purchase.js';
import { newEventOnSale, newPerson, type OnSale, type Person } from '../../harness/story.js';
import type { StartSystem, SuiteSystem } from '../../harness/suiteSystem.js';

const ONE_AT_A_TIME = { maximumInCheckout: 1, admissionsPerMinute: 6000 };

const CHECK_IN = `mutation ($code: String!) {
  answer: checkInTicket(code: $code) { __typename ... on Refusal { code message } }
}`;

function watchAvailability(person: Person, { eventId }: OnSale) {
  return person.watch<{ version: number; offers: { state: string; available: number }[] }>(
    `subscription ($eventId: ID!) { answer: availability(eventId: $eventId) { version offers { state available } } }`,
    { eventId },
  );
}

const statesOf = (watch: ReturnType<typeof watchAvailability>) =>
  watch.values.map(({ offers }) => offers[0]?.state).filter((state, index, all) => state !== all[index - 1]);

/** A ticket bought end to end, on whatever system. */
export function describeTicketPurchase(start: StartSystem): void {
  let system: SuiteSystem;
  let organizer: Person;

  beforeAll(async () => {
    system = await start({
      INVENTORY_HOLD_SECONDS: '10',
      PAYMENTS_CLOSE_BEFORE_HOLD_SECONDS: '1',
      INVENTORY_SWEEP_MS: '200',
    });
    organizer = await newPerson(system, 'Organizer');
  });

  afterEach(async () => {
    expect(await checkInvariants(system.variables)).toEqual([]);
  });

  afterAll(async () => {
    await system.stop();
  });

  describe('a ticket, bought end to end', () => {
    it('goes to the first in line; the second is told that it is sold out', async () => {
      const offer = await newEventOnSale(system, organizer, { total: 1, waitroom: ONE_AT_A_TIME });
      const [first, second, third] = [
        await newPerson(system, 'First'),
        await newPerson(system, 'Second'),
        await newPerson(system, 'Third'),
      ];
      const availability = watchAvailability(third, offer);
      await waitUntil(
        () =>
          availability.latest?.offers[0]?.state === 'AVAILABLE' ||
          availability.latest?.offers[0]?.state === 'LOW',
        'availability',
      );

      await joinLine(first, offer.eventId);
      const firstPlace = watchPlace(first, offer.eventId);
      await waitUntil(() => firstPlace.latest?.status === 'ADMITTED', 'the first turn');
      await joinLine(second, offer.eventId);
      const secondPlace = watchPlace(second, offer.eventId);
      await waitUntil(
        () => secondPlace.latest?.status === 'QUEUED' && secondPlace.latest.position === 1,
        'the second place',
      );
      expect(secondPlace.latest?.event.name).toBe('Night of the Lanterns');
      expect(secondPlace.latest?.admissionToken).toBeNull();

      const order = await toPay(first, offer, { admissionToken: firstPlace.latest?.admissionToken ?? null });
      const updates = first.watch<OrderView>(
        `subscription ($id: ID!) { answer: orderUpdated(orderId: $id) { ${ORDER} } }`,
        { id: order.id },
      );
      await waitUntil(() => updates.latest?.status === 'PENDING', 'the order');
      await waitUntil(() => secondPlace.latest?.saleState === 'HELD', 'HELD for the second');
      await waitUntil(() => availability.latest?.offers[0]?.state === 'HELD', 'HELD for the third');
      expect(secondPlace.latest?.status).toBe('QUEUED');

      await onPayPage(order.payment?.payUrl, 'pay');
      await waitUntil(() => updates.latest?.status === 'COMPLETED', 'COMPLETED');
      expect(updates.values.map(({ version }) => version)).toEqual(
        [...updates.values.map(({ version }) => version)].sort((a, b) => a - b),
      );
      await waitUntil(() => secondPlace.latest?.status === 'ENDED', 'the end of the line');
      expect(secondPlace.latest).toMatchObject({ endedReason: 'SOLD_OUT', admissionToken: null });
      expect(secondPlace.values.some(({ status }) => status === 'ADMITTED')).toBe(false);
      await waitUntil(() => availability.latest?.offers[0]?.state === 'SOLD_OUT', 'SOLD_OUT for the third');
      expect(statesOf(availability).slice(-2)).toEqual(['HELD', 'SOLD_OUT']);
      await waitUntil(() => firstPlace.latest?.status === 'COMPLETED', 'the end of the first place');

      const mail = await mailTo(system, first.email, /^Your tickets/);
      const { code = null, shortCode = null } = updates.latest?.tickets[0] ?? {};
      expect(mail.text).toContain(shortCode ?? 'no code');
      await mailTo(system, second.email, /^The sale is over/);
      await mailTo(system, first.email, /^It is your turn/);

      expect(await first.ask(CHECK_IN, { code })).toMatchObject({
        __typename: expect.not.stringMatching('CheckInTicketPayload'),
      });
      const atTheDoor = await Promise.all(
        Array.from({ length: 10 }, () => organizer.ask(CHECK_IN, { code })),
      );
      expect(atTheDoor.filter(({ __typename }) => __typename === 'CheckInTicketPayload')).toHaveLength(1);
      expect(atTheDoor.filter(({ __typename }) => __typename === 'AlreadyCheckedIn')).toHaveLength(9);
      for (const watch of [firstPlace, secondPlace, availability, updates]) expect(watch.errors).toEqual([]);
    });

    it('goes to the second when the first abandons the pay page', async () => {
      const offer = await newEventOnSale(system, organizer, { total: 1, waitroom: ONE_AT_A_TIME });
      const [first, second] = [await newPerson(system, 'First'), await newPerson(system, 'Second')];
      await joinLine(first, offer.eventId);
      const firstPlace = watchPlace(first, offer.eventId);
      await waitUntil(() => firstPlace.latest?.status === 'ADMITTED', 'the first turn');
      await joinLine(second, offer.eventId);
      const secondPlace = watchPlace(second, offer.eventId);
      const order = await toPay(first, offer, { admissionToken: firstPlace.latest?.admissionToken ?? null });
      await onPayPage(order.payment?.payUrl, 'abandon');
      await waitUntil(() => secondPlace.latest?.status === 'ADMITTED', 'the second turn');
      await waitUntil(() => firstPlace.latest?.status === 'EXPIRED', 'the end of the first place');
      const bought = await toPay(second, offer, {
        admissionToken: secondPlace.latest?.admissionToken ?? null,
      });
      await onPayPage(bought.payment?.payUrl, 'pay');
      await waitUntil(() => secondPlace.latest?.status === 'COMPLETED', 'the purchase');
      await mailTo(system, second.email, /^Your tickets/);
    });

    it('refuses admissions that are missing, somebody else’s, for another event, or used', async () => {
      const offer = await newEventOnSale(system, organizer, {
        total: 5,
        waitroom: { maximumInCheckout: 5, admissionsPerMinute: 6000 },
      });
      const other = await newEventOnSale(system, organizer, { total: 5, waitroom: ONE_AT_A_TIME });
      const [first, second] = [await newPerson(system, 'First'), await newPerson(system, 'Second')];
      await joinLine(first, offer.eventId);
      const place = watchPlace(first, offer.eventId);
      await waitUntil(() => place.latest?.status === 'ADMITTED', 'the turn');
      const admissionToken = place.latest?.admissionToken ?? null;
      expect(await placeOrder(first, offer)).toMatchObject({ code: 'ADMISSION_NEEDED' });
      expect(await placeOrder(first, offer, { admissionToken: first.token })).toMatchObject({
        code: 'ADMISSION_INVALID',
      });
      expect(await placeOrder(second, offer, { admissionToken })).toMatchObject({
        code: 'ADMISSION_OF_ANOTHER_PERSON',
      });
      expect(await placeOrder(first, other, { admissionToken })).toMatchObject({
        code: 'ADMISSION_FOR_ANOTHER_EVENT',
      });
      // A refusal gives the admission back.
      expect(
        await placeOrder(first, offer, { admissionToken, expectedTotal: { amount: 1, currency: 'USD' } }),
      ).toMatchObject({ code: 'PRICE_CHANGED' });
      const order = await toPay(first, offer, { admissionToken });
      expect(order.status).toBe('PENDING');
      expect(await placeOrder(first, offer, { admissionToken })).toMatchObject({ code: 'ADMISSION_USED' });
      await onPayPage(order.payment?.payUrl, 'pay');
      await waitUntil(() => place.latest?.status === 'COMPLETED', 'the purchase');
    });

    it('asks no payment for a total of zero', async () => {
      const offer = await newEventOnSale(system, organizer, { total: 5, price: 0 });
      const buyer = await newPerson(system);
      const { id } = await placed(buyer, offer, { quantity: 2 });
      const order = await orderIs(buyer, id, 'COMPLETED');
      expect(order.payment).toBeNull();
      expect(order.tickets).toHaveLength(2);
    });
  });
}
