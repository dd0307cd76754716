import type { Recorder } from '../../harness/createRecorder.js';
import { PASSWORD, type OnSale, type Person } from '../../harness/story.js';
import { drawStories } from '../drawStories.js';
import type { StoryKind } from '../mix.js';
import type { Random } from '../random.js';
import type { Flights } from './flights.js';
import { createGoodClient, type GoodClient, type Patience } from './goodClient.js';
import type { Sales } from './openSales.js';
import { tell } from './stories.js';

/** Who comes, and what for. */
export interface PeopleOptions {
  readonly endpoints: readonly string[];
  readonly people: readonly Person[];
  readonly organizer: Person;
  readonly sales: Sales;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly flights: Flights;
  readonly patience: Patience;
  /** How long they come. */
  readonly minutes: number;
  /** Once it says so, nobody begins anything new. */
  readonly mayGo: () => boolean;
}

/** Lets everybody go through one story after the other. @returns how many of each were told to their end. */
export async function runPeople(options: PeopleOptions): Promise<Readonly<Record<StoryKind, number>>> {
  const { endpoints, people, organizer, sales, random, recorder, flights, patience, minutes, mayGo } =
    options;
  const told = new Map<StoryKind, number>();
  const clientOf = ({ email }: Person, turn: number): GoodClient =>
    createGoodClient({ endpoints, credentials: { email, password: PASSWORD }, turn, flights, patience });
  const organizing = clientOf(organizer, 0);

  await Promise.all(
    people.map(async (person, place) => {
      const buyer = { id: person.id, client: clientOf(person, place), recorder, patience };
      for (const plan of drawStories(random.fork(`person ${place}`), minutes)) {
        if (mayGo()) return;
        const offer = sales[plan.sale][plan.event] as OnSale;
        try {
          await tell({ buyer, organizer: organizing, offer, plan });
          told.set(plan.kind, (told.get(plan.kind) ?? 0) + 1);
        } catch (error) {
          recorder.contradict(`${plan.kind} of ${person.id}: ${String(error)}`);
        }
      }
    }),
  );
  return Object.fromEntries(told) as Record<StoryKind, number>;
}
