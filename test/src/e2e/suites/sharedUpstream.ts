import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { waitUntil } from '@foyer/platform/testing';
import { checkInvariants } from '../../harness/checkInvariants.js';
import { createTestClient, type Watch } from '../../harness/client.js';
import type { CountingProxy } from '../../harness/countingProxy.js';
import { joinLine, watchPlace, type Place } from '../../harness/line.js';
import { newEventOnSale, newPeople, newPerson, type OnSale, type Person } from '../../harness/story.js';
import type { StartSystem, SystemWithUpstream } from '../../harness/suiteSystem.js';

const ONE_AT_A_TIME = { maximumInCheckout: 1, admissionsPerMinute: 6000 };

/** Everybody joins in turn, and watches their own place. */
async function lineOf(people: readonly Person[], { eventId }: OnSale) {
  const line: { readonly person: Person; readonly id: string; readonly watch: Watch<Place> }[] = [];
  for (const person of people) {
    const { entry } = await joinLine(person, eventId);
    line.push({ person, id: entry?.id ?? 'none', watch: watchPlace(person, eventId) });
  }
  await waitUntil(() => line.every(({ watch }) => watch.values.length > 0), 'the first value for everybody');
  return line;
}

const LEAVE = `mutation ($eventId: ID!) { answer: leaveWaitroom(eventId: $eventId) { __typename } }`;

/** One socket to the subgraph for the subscriptions of many, on whatever system. */
export function describeSharedUpstream(start: StartSystem<SystemWithUpstream>): void {
  let system: SystemWithUpstream;
  let upstream: CountingProxy;
  let organizer: Person;

  beforeAll(async () => {
    system = await start();
    ({ upstream } = system);
    organizer = await newPerson(system, 'Organizer');
  });

  afterEach(async () => {
    expect(await checkInvariants(system.variables)).toEqual([]);
  });

  afterAll(async () => {
    await system.stop();
  });

  describe('people whose subscriptions share one socket to the subgraph', () => {
    it('see their own place only, and when they have gone nothing is left', async () => {
      const offer = await newEventOnSale(system, organizer, { total: 100, waitroom: ONE_AT_A_TIME });
      const { opened } = upstream;
      const line = await lineOf(await newPeople(system, 6), offer);
      const [first, second, ...others] = line;
      if (!first || !second) throw new Error('nobody is in line');
      await waitUntil(() => first.watch.latest?.status === 'ADMITTED', 'the first turn');
      expect(upstream.open).toBe(1);

      await first.person.ask(LEAVE, offer);
      await waitUntil(() => second.watch.latest?.status === 'ADMITTED', 'the second turn');
      await waitUntil(
        () => others.every(({ watch }, index) => watch.latest?.position === index + 1),
        'everybody moving up',
      );
      expect(upstream.open).toBe(1);
      for (const { id, watch } of line) {
        expect(new Set(watch.values.map((place) => place.id))).toEqual(new Set([id]));
        expect(watch.errors).toEqual([]);
      }
      // ES256 signs anew each time: the same claims, another signature.
      const tokens = line.map(({ watch }) =>
        watch.values.flatMap(({ admissionToken }) => admissionToken?.split('.')[1] ?? []),
      );
      expect(tokens.map((own) => new Set(own).size)).toEqual([1, 1, 0, 0, 0, 0]);

      for (const { watch } of others) watch.stop();
      second.watch.stop();
      await first.person.close();
      await waitUntil(() => upstream.open === 0, 'the end of the socket');
      expect(upstream.opened).toBe(opened + 1);
    });

    it('a client that vanishes without a word leaves nothing behind, and takes nothing from the others', async () => {
      const offer = await newEventOnSale(system, organizer, { total: 100, waitroom: ONE_AT_A_TIME });
      const [staying, vanishing] = [await newPerson(system), await newPerson(system)];
      const [stays] = await lineOf([staying], offer);
      await joinLine(vanishing, offer.eventId);
      const socket = createClient({
        url: system.endpoint.replace(/^http/, 'ws'),
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization: `Bearer ${vanishing.token}` },
      });
      const query = `subscription ($eventId: ID!) { queuePosition(eventId: $eventId) { id status position } }`;
      const places = socket.iterate({ query, variables: { eventId: offer.eventId } });
      expect((await places.next()).value).toMatchObject({
        data: { queuePosition: { status: 'QUEUED', position: 1 } },
      });
      expect(upstream.open).toBe(1);
      socket.terminate();
      await places.next().catch(() => undefined);

      await waitUntil(() => stays?.watch.latest?.status === 'ADMITTED', 'the turn of who stays');
      stays?.watch.stop();
      await waitUntil(() => upstream.open === 0, 'the end of the socket');
    });

    it('a guest has no place to watch', async () => {
      const offer = await newEventOnSale(system, organizer, { waitroom: ONE_AT_A_TIME });
      const guest = createTestClient(system.endpoint, null);
      const watch = guest.watch(
        `subscription ($eventId: ID!) { answer: queuePosition(eventId: $eventId) { id } }`,
        offer,
      );
      await waitUntil(() => watch.ended, 'the refusal');
      expect(watch.values).toEqual([]);
      expect(JSON.stringify(watch.errors)).toMatch(/UNAUTHENTICATED/);
      await guest.close();
      expect(upstream.open).toBe(0);
    });
  });
}
