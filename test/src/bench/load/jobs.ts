import { randomUUID } from 'node:crypto';
import type { LoadJob, LoadOrder } from './loadOrder.js';
import { visit, type LoadPerson } from './people.js';

type Do = (person: LoadPerson, order: LoadOrder) => Promise<void>;

const READ = `query ($id: ID!) { answer: event(id: $id) { name } }`;

const PLACE = `mutation ($input: PlaceOrderInput!) {
  answer: placeOrder(input: $input) {
    ... on Refusal { code message } ... on PlaceOrderPayload { order { id status payment { payUrl } } }
  }
}`;

const JOIN = `mutation ($eventId: ID!) {
  answer: joinWaitroom(eventId: $eventId) { ... on Refusal { code message } ... on JoinWaitroomPayload { entry { id } } }
}`;

const TURN = `subscription ($eventId: ID!) { answer: queuePosition(eventId: $eventId) { status admissionToken } }`;

const ORGANIZATION = `mutation ($name: String!) {
  answer: createOrganization(input: { name: $name }) {
    ... on Refusal { code message } ... on OrganizationPayload { organization { id } }
  }
}`;

interface Place {
  readonly order?: { readonly status: string; readonly payment: { readonly payUrl: string | null } | null };
}

interface Turn {
  readonly status: string;
  readonly admissionToken: string | null;
}

/** Places an order and pays for it on the pay page, as the browser does. Whether it completes, the database knows. */
async function buy(person: LoadPerson, order: LoadOrder, admissionToken: string | null): Promise<void> {
  const { offerId, total } = order;
  const answer = await person.ask<Place>(PLACE, {
    input: {
      idempotencyKey: randomUUID(),
      lines: [{ offerId, quantity: 1 }],
      expectedTotal: total,
      admissionToken,
      paymentProvider: 'SANDBOX',
    },
  });
  if (!answer.order) throw new Error(JSON.stringify(answer));
  const payUrl = answer.order.payment?.payUrl;
  if (!payUrl) return;
  await visit(payUrl);
  const status = await visit(payUrl, { choice: 'pay' });
  if (status !== 303) throw new Error(`the pay page answers ${status}`);
}

/** What each job does once. */
export const JOBS: Readonly<Record<LoadJob, Do>> = {
  async read(person, { eventId }) {
    await person.ask(READ, { id: eventId });
  },
  buy: (person, order) => buy(person, order, null),
  async line(person, order) {
    const { eventId } = order;
    const joined = await person.ask<{ entry?: object }>(JOIN, { eventId });
    if (!joined.entry) throw new Error(JSON.stringify(joined));
    const turn = await person.until<Turn>(TURN, { eventId }, ({ status, admissionToken }) => {
      if (status !== 'QUEUED' && status !== 'ADMITTED') throw new Error(`the place is ${status}`);
      return status === 'ADMITTED' && admissionToken !== null;
    });
    await buy(person, order, turn.admissionToken);
  },
  async organization(person) {
    const answer = await person.ask<{ organization?: object }>(ORGANIZATION, {
      name: `Bench ${randomUUID()}`,
    });
    if (!answer.organization) throw new Error(JSON.stringify(answer));
  },
};
