import { AdmissionReturned, AdmissionSpent, CheckoutCompleted, CheckoutExpired } from '@foyer/kafka';
import { ADMISSION_TOKEN, createKeySet, createTokenVerifier, newId, systemClock } from '@foyer/platform';
import { guest, person, waitUntil } from '@foyer/platform/testing';
import { createTestWaitroom, type Data, type TestWaitroom } from './testing/createTestWaitroom.js';

let room: TestWaitroom;

beforeAll(async () => {
  room = await createTestWaitroom();
});

afterAll(() => room.stop());

const next = async (values: AsyncIterableIterator<{ data?: Data | null }>): Promise<Data | null> => {
  const { done, value } = await values.next();
  return done ? null : ((value as { data: Data }).data['queuePosition'] as Data);
};

test('one after the other: the first is admitted and buys, the second sees HELD, then that all is sold', async () => {
  const eventId = await room.publishEvent();
  const offerId = await room.offer(eventId, { total: 1 });
  const [first, second] = [person(), person()];
  expect(await room.join(first, eventId)).toMatchObject({ event: { id: eventId }, endedReason: null });
  expect(await room.join(second, eventId)).toMatchObject({ status: 'QUEUED' });
  const admitted = await room.reaches(first, eventId, 'ADMITTED');
  const values = await room.subscribe(second, eventId);
  expect(await next(values)).toMatchObject({
    status: 'QUEUED',
    position: 1,
    peopleAhead: 0,
    saleState: 'AVAILABLE',
  });

  const { admissionId } = JSON.parse(
    Buffer.from((admitted['admissionToken'] as string).split('.')[1] ?? '', 'base64url').toString(),
  ) as { admissionId: string };
  const admission = { admissionId, eventId, userId: first.userId, orderId: newId() };
  await room.tell(AdmissionSpent, admission);
  await room.availability(eventId, offerId, 'HELD', [1, 1, 0]);
  let value = await next(values);
  while (value?.['saleState'] === 'AVAILABLE') value = await next(values);
  expect(value).toMatchObject({ status: 'QUEUED', position: 1, saleState: 'HELD', estimatedWait: null });

  await room.tell(CheckoutCompleted, admission);
  await room.availability(eventId, offerId, 'SOLD_OUT', [1, 0, 1]);
  while (value?.['saleState'] === 'HELD') value = await next(values);
  while (value?.['status'] === 'QUEUED') value = await next(values);
  expect(value).toMatchObject({
    status: 'ENDED',
    endedReason: 'SOLD_OUT',
    options: ['JOIN_FOR_RETURNS'],
    admissionToken: null,
  });
  expect(await next(values)).toBeNull();
  expect(await room.entry(first, eventId)).toMatchObject({ status: 'COMPLETED', admissionToken: null });
  await waitUntil(async () => (await room.told('queue.ended')).some(({ eventId: id }) => id === eventId));
  await room.log(eventId);
});

test('the token is for this person and event, lasts as long as the admission, and is shown to nobody else', async () => {
  const eventId = await room.publishEvent();
  await room.offer(eventId);
  const somebody = person();
  await room.join(somebody, eventId);
  const { id, admissionToken, admissionExpiresAt } = await room.reaches(somebody, eventId, 'ADMITTED');
  const subgraph = await room.start();
  const keys = createKeySet(() => subgraph.jwks(), systemClock);
  const claims = await createTokenVerifier(ADMISSION_TOKEN, keys, systemClock).verify(
    admissionToken as string,
  );
  expect(claims).toMatchObject({ sub: somebody.userId, eventId, admissionId: expect.any(String) });
  expect(claims.exp).toBe(Math.floor(new Date(admissionExpiresAt as string).getTime() / 1000));

  const reference = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on WaitroomEntry { status admissionToken } } }`;
  const of = { of: [{ __typename: 'WaitroomEntry', id }] };
  expect((await room.ask(somebody, reference, of))['_entities']).toEqual([
    { status: 'ADMITTED', admissionToken: expect.any(String) },
  ]);
  expect((await room.ask(person(undefined, 'MANAGER'), reference, of))['_entities']).toEqual([
    { status: 'ADMITTED', admissionToken: null },
  ]);
  expect((await room.ask(person(), reference, of))['_entities']).toEqual([null]);
  expect((await room.ask(guest, reference, of))['_entities']).toEqual([null]);
});

test('an order that is refused gives the turn back; one that expires frees the place for the next', async () => {
  const eventId = await room.publishEvent();
  await room.offer(eventId);
  const [first, second] = [person(), person()];
  await room.join(first, eventId);
  await room.join(second, eventId);
  await room.reaches(first, eventId, 'ADMITTED');
  const ready = await waitUntil(async () =>
    (await room.told('queue.ready')).find(({ userId }) => userId === first.userId),
  );
  const admission = {
    admissionId: ready['admissionId'] as string,
    eventId,
    userId: first.userId,
    orderId: newId(),
  };
  await room.tell(AdmissionSpent, admission);
  expect(await room.entry(first, eventId)).toMatchObject({ status: 'ADMITTED', admissionToken: null });
  await room.tell(AdmissionReturned, admission);
  expect(await room.entry(first, eventId)).toMatchObject({
    status: 'ADMITTED',
    admissionToken: expect.any(String),
  });
  await room.tell(AdmissionSpent, { ...admission, orderId: newId() });
  await room.tell(CheckoutExpired, admission);
  expect(await room.entry(first, eventId)).toMatchObject({ status: 'EXPIRED', options: ['JOIN'] });
  await room.reaches(second, eventId, 'ADMITTED');
  await room.log(eventId);
});
