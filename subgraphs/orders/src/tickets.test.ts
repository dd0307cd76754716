import { createPublicKey, verify } from 'node:crypto';
import { UserUpdated } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import {
  ADMISSION_TOKEN,
  createKeyring,
  createSealer,
  createTokenSigner,
  newId,
  systemClock,
  TICKET_TOKEN,
  type Identity,
  type Keyring,
} from '@foyer/platform';
import { person } from '@foyer/platform/testing';
import { readTicketCode } from './tickets/ticketCodeForm.js';
import { createTestOrders, type Answer, type TestOrders } from './testing/createTestOrders.js';

type User = Identity & { readonly kind: 'user' };

interface TicketView {
  readonly id: string;
  readonly code: string | null;
  readonly shortCode: string | null;
  readonly qrCode: string | null;
  readonly ownerName: string;
  readonly status: string;
  readonly order: { readonly id: string } | null;
}

describe('tickets', () => {
  let orders: TestOrders;
  let offerId: string;
  let buyer: User;
  let keysBefore: Keyring;
  beforeAll(async () => {
    orders = await createTestOrders({ environment: { ORDERS_POOL_SIZE: '16' } });
    const sealer = createSealer('a secret for tests that has 32 characters');
    const { pool } = orders;
    keysBefore = createKeyring({ purpose: 'ticket', pool, sealer, clock: systemClock, keepMs: 0 });
    await keysBefore.signingKey();
    offerId = await orders.offer(await orders.event(), 1000, 2500);
  });
  afterAll(() => orders.stop());
  beforeEach(async () => {
    buyer = await orders.buyer();
  });

  const bought = async (quantity = 1) => {
    const { id, payment } = await orders.placed(buyer, offerId, quantity, 2675 * quantity);
    await orders.pay(payment?.id ?? '');
    await orders.until(id, 'COMPLETED');
    return orders.order(id, buyer);
  };
  const ticketsOf = async (of: User): Promise<readonly TicketView[]> => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User {
      tickets { edges { node { id code shortCode qrCode ownerName status order { id } } } } } } }`;
    interface Found {
      readonly _entities: readonly [
        { readonly tickets: { readonly edges: readonly { readonly node: TicketView }[] } },
      ];
    }
    const { _entities } = await orders.ask<Found>(of, query, { of: [{ __typename: 'User', id: of.userId }] });
    return _entities[0].tickets.edges.map(({ node }) => node);
  };
  const CHECK_IN = `mutation ($code: String!) { checkInTicket(code: $code) { __typename
    ... on CheckInTicketPayload { ticket { ticketId status redeemedAt ownerName } }
    ... on Refusal { code message } ... on AlreadyCheckedIn { redeemedAt } } }`;
  const checkIn = async (code: string | null | undefined, as: Identity = orders.door): Promise<Answer> =>
    (await orders.ask<{ readonly checkInTicket: Answer }>(as, CHECK_IN, { code: code ?? '' })).checkInTicket;
  const transfer = (ticketId: string, toEmail: string, as: Identity = buyer) =>
    orders.mutate(
      as,
      'transferTicket',
      { ticketId, toEmail, toName: 'Grace' },
      'ticket { id ownerName ownerEmail status code }',
    );

  test('can be checked with the published keys alone', async () => {
    const [ticket] = (await bought()).tickets;
    const form = readTicketCode(ticket?.code ?? '');
    expect(form).toMatchObject({ ticketId: ticket?.id, codeVersion: 1 });
    const jwk = (await orders.subgraph.jwks()).keys.find(({ kid }) => kid.endsWith(form?.keyHint ?? 'none'));
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    expect(verify(null, form?.signed ?? Buffer.alloc(0), key, form?.signature ?? Buffer.alloc(0))).toBe(true);
    const [mine] = await ticketsOf(buyer);
    expect(mine).toMatchObject({ code: ticket?.code, shortCode: ticket?.shortCode });
    expect(mine?.qrCode).toMatch(/^data:image\/png;base64,/);
  });

  test('let in by the short code as it is typed, once, and at their own door only', async () => {
    const [ticket] = (await bought()).tickets;
    const shortCode = ticket?.shortCode ?? '';
    expect(shortCode).toMatch(/^[A-HJ-NP-TV-Z2-9]{8}$/);
    expect(await checkIn(shortCode, buyer)).toMatchObject({ code: 'NOT_A_TICKET' });
    const typed = ` ${shortCode.slice(0, 4).toLowerCase()}-${shortCode.slice(4)} `;
    const answers = await Promise.all(Array.from({ length: 10 }, () => checkIn(typed)));
    expect(answers.filter(({ __typename }) => __typename === 'CheckInTicketPayload')).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'ALREADY_CHECKED_IN')).toHaveLength(9);
  });

  test('can not be found by guessing short codes', async () => {
    const [ticket] = (await bought()).tickets;
    const guesser = await orders.buyer();
    for (let guess = 0; guess < 60; guess += 1) {
      expect(await checkIn('ABCDEFGH', guesser)).toMatchObject({ code: 'NOT_A_TICKET' });
    }
    expect(await checkIn('ABCDEFGH', guesser)).toMatchObject({ __typename: 'RateLimited' });
    expect(await checkIn(ticket?.code, guesser)).toMatchObject({ __typename: 'NotPermitted' });
    expect((await checkIn(ticket?.shortCode)).__typename).toBe('CheckInTicketPayload');
  });

  test('made and given away by the version before have codes, and lose their short code', async () => {
    const [ticket] = (await bought()).tickets;
    await orders.pool.query('update ticket set code_key = null where id = $1', [ticket?.id]);
    const [mine] = await ticketsOf(buyer);
    expect(readTicketCode(mine?.code ?? '')).toMatchObject({ ticketId: ticket?.id });
    await orders.pool.query('update ticket set code_version = code_version + 1 where id = $1', [ticket?.id]);
    const [given] = await ticketsOf(buyer);
    expect(given?.shortCode).not.toBe(ticket?.shortCode);
    expect(await checkIn(ticket?.shortCode)).toMatchObject({ code: 'NOT_A_TICKET' });
    expect(await checkIn(mine?.code)).toMatchObject({ code: 'TRANSFERRED' });
    expect((await checkIn(given?.code)).__typename).toBe('CheckInTicketPayload');
  });

  test('are taken with a code of the form before, which was mailed', async () => {
    const [ticket] = (await bought()).tickets;
    const { eventId } = readTicketCode(ticket?.code ?? '') ?? {};
    const signer = createTokenSigner(TICKET_TOKEN, keysBefore, systemClock);
    const mailed = await signer.sign({ ticketId: ticket?.id, eventId, version: 1 }, 3600);
    expect(await checkIn(`${mailed.slice(0, -4)}AAAA`)).toMatchObject({ code: 'NOT_A_TICKET' });
    expect((await checkIn(mailed)).__typename).toBe('CheckInTicketPayload');
    expect(await checkIn(ticket?.code)).toMatchObject({ code: 'ALREADY_CHECKED_IN' });
  });

  test('let in once under 50 calls at once, and say when afterwards', async () => {
    const [ticket] = (await bought()).tickets;
    const answers = await Promise.all(Array.from({ length: 50 }, () => checkIn(ticket?.code)));
    expect(answers.filter(({ __typename }) => __typename === 'CheckInTicketPayload')).toHaveLength(1);
    const refused = answers.filter(({ code }) => code === 'ALREADY_CHECKED_IN');
    expect(refused).toHaveLength(49);
    expect(new Set(refused.map(({ redeemedAt }) => redeemedAt)).size).toBe(1);
    const redeemed = await orders.published('ticket.redeemed');
    expect(redeemed.filter(({ ticketId }) => ticketId === ticket?.id)).toHaveLength(1);
    expect(await ticketsOf(buyer)).toMatchObject([{ status: 'REDEEMED', code: null }]);
  });

  test('let in at their own door only', async () => {
    const [ticket] = (await bought()).tickets;
    for (const stranger of [buyer, await orders.buyer(), person(newId(), 'ADMIN')]) {
      expect(await checkIn(ticket?.code, stranger)).toMatchObject({ __typename: 'NotPermitted' });
    }
    await expect(checkIn(ticket?.code, { kind: 'guest', address: '' })).rejects.toThrow('UNAUTHENTICATED');
    expect((await checkIn(ticket?.code)).__typename).toBe('CheckInTicketPayload');
  });

  test('are refused when they are none of ours', async () => {
    const [ticket] = (await bought()).tickets;
    const foreign = createTokenSigner(TICKET_TOKEN, orders.platform.keyrings.waitroom, systemClock);
    const admission = createTokenSigner(ADMISSION_TOKEN, orders.platform.keyrings.waitroom, systemClock);
    const claims = { ticketId: ticket?.id, eventId: newId(), version: 1 };
    const changed = `${(ticket?.code ?? '').slice(0, -4)}AAAA`;
    for (const code of [
      '',
      'x'.repeat(5000),
      changed,
      await foreign.sign(claims, 60),
      await admission.sign(claims, 60),
    ]) {
      expect(await checkIn(code)).toMatchObject({ __typename: 'TicketCodeRefused', code: 'NOT_A_TICKET' });
    }
  });

  test('given away are the receiver’s alone, and the old code is dead', async () => {
    const receiver = await orders.buyer('grace@example.com');
    const [ticket] = (await bought()).tickets;
    const given = await transfer(ticket?.id ?? '', ' Grace@Example.com');
    expect(given).toMatchObject({
      ticket: { ownerEmail: 'grace@example.com', ownerName: 'Grace', code: null },
    });
    expect(await checkIn(ticket?.code)).toMatchObject({ code: 'TRANSFERRED' });
    expect(await checkIn(ticket?.shortCode)).toMatchObject({ code: 'NOT_A_TICKET' });
    expect(await ticketsOf(buyer)).toEqual([]);
    const [theirs] = await ticketsOf(receiver);
    expect(theirs).toMatchObject({ id: ticket?.id, order: null, shortCode: expect.any(String) as string });
    const [event] = (await orders.published('ticket.transferred')).filter(
      ({ ticketId }) => ticketId === ticket?.id,
    );
    const sealer = createSealer('a secret for tests that has 32 characters');
    expect((await checkIn(sealer.open('ticket-code', String(event?.['sealedCode'])))).__typename).toBe(
      'CheckInTicketPayload',
    );
    expect(await transfer(ticket?.id ?? '', 'other@example.com', receiver)).toMatchObject({
      code: 'NOT_IN_STATE',
    });
  });

  test('given to an address without an account answer alike, and are theirs who verify it later', async () => {
    const known = await orders.buyer('known@example.com');
    const { tickets } = await bought(2);
    const answers = [
      await transfer(tickets[0]?.id ?? '', 'known@example.com'),
      await transfer(tickets[1]?.id ?? '', 'unknown@example.com'),
    ];
    const shapes = answers.map((answer) =>
      JSON.stringify(answer).replaceAll(/unknown|known|[0-9a-f-]{36}/g, ''),
    );
    expect(shapes[0]).toBe(shapes[1]);
    expect(await ticketsOf(known)).toHaveLength(1);
    const late = person();
    const data = {
      userId: late.userId,
      email: 'unknown@example.com',
      name: 'Joan',
      language: 'en',
      emailVerified: false,
      active: true,
    };
    await orders.tell('user-events', testEvent(UserUpdated, { aggregateId: late.userId, data }));
    expect(await ticketsOf(late)).toEqual([]);
    const verified = testEvent(UserUpdated, {
      aggregateId: late.userId,
      aggregateVersion: 2,
      data: { ...data, emailVerified: true },
    });
    await orders.tell('user-events', verified);
    expect(await ticketsOf(late)).toMatchObject([{ id: tickets[1]?.id, status: 'VALID' }]);
  });

  test('are given away once under parallel calls, and asking again answers the same', async () => {
    const [ticket] = (await bought()).tickets;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => transfer(ticket?.id ?? '', 'joan@example.com')),
    );
    for (const answer of answers) expect(answer.__typename).toBe('TransferTicketPayload');
    expect(await transfer(ticket?.id ?? '', 'other@example.com')).toMatchObject({ code: 'NOT_FOUND' });
    const { rows } = await orders.pool.query('select 1 from ticket_transfer where ticket_id = $1', [
      ticket?.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  test('are given away by their owner only, to an address', async () => {
    const [ticket] = (await bought()).tickets;
    expect(await transfer(ticket?.id ?? '', 'joan@example.com', await orders.buyer())).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await transfer(ticket?.id ?? '', 'joan@example.com', orders.owner)).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await transfer('x', 'joan@example.com')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await transfer(ticket?.id ?? '', 'joan')).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('are listed for the door, page by page, and for nobody else', async () => {
    const eventId = await orders.event();
    const free = await orders.offer(eventId, 10, 0);
    const { tickets } = await orders.placed(buyer, free, 3, 0);
    const query = `query ($eventId: ID!, $after: String) { checkInList(eventId: $eventId, first: 2, after: $after) {
      edges { node { ticketId codeVersion status } } pageInfo { hasNextPage endCursor } } }`;
    interface List {
      readonly checkInList: {
        readonly edges: readonly { readonly node: { readonly ticketId: string } }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      };
    }
    const first = (await orders.ask<List>(orders.door, query, { eventId })).checkInList;
    expect(first.pageInfo.hasNextPage).toBe(true);
    const after = first.pageInfo.endCursor;
    const second = (await orders.ask<List>(orders.door, query, { eventId, after })).checkInList;
    const listed = [...first.edges, ...second.edges].map(({ node }) => node.ticketId);
    expect(listed.sort()).toEqual(tickets.map(({ id }) => id).sort());
    await expect(orders.ask(buyer, query, { eventId })).rejects.toThrow('NOT_FOUND');
    await expect(orders.ask(orders.door, query, { eventId, after: 'x' })).rejects.toThrow('NOT_A_CURSOR');
  });
});
