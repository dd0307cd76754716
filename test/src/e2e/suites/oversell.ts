import { checkInvariants } from '../../harness/checkInvariants.js';
import { insistOnOrder, scramble, sorted, unitsSold } from '../../harness/scramble.js';
import { newEventOnSale, type Person, type Stage } from '../../harness/story.js';

/** Who comes to a system with two inventory processes. */
export interface Crowd {
  readonly stage: Stage;
  readonly organizer: Person;
  readonly people: readonly Person[];
}

/** How many there are to be had: everybody wants one. */
export const TICKETS = 50;

/** Many people at once, on whatever system. @param crowd asked in each test. */
export function describeNoOverselling(crowd: () => Crowd): void {
  describe('two inventory processes', () => {
    it(`sell ${TICKETS} tickets to many more people at once, and not one more`, async () => {
      const { stage, organizer, people } = crowd();
      const offer = await newEventOnSale(stage, organizer, { total: TICKETS, price: 0 });
      const { bought, refused, codes } = sorted(await scramble(people, offer));
      expect([...codes].filter((code) => code !== 'SOLD_OUT' && code !== 'HELD')).toEqual([]);
      expect([bought.length, refused.length]).toEqual([TICKETS, people.length - TICKETS]);
      expect(bought.flatMap((answer) => answer.order?.tickets)).toHaveLength(TICKETS);
      expect(await unitsSold(stage, offer)).toEqual({ held: TICKETS, counted: TICKETS });
      expect(await checkInvariants(stage.variables)).toEqual([]);
    });

    it('give one person no more than the limit, whoever of them is asked', async () => {
      const { stage, organizer, people } = crowd();
      const person = people[0] as Person;
      const offer = await newEventOnSale(stage, organizer, { total: 1000, price: 0, limitPerPerson: 2 });
      const answers = await Promise.all(Array.from({ length: 40 }, () => insistOnOrder(person, offer)));
      const { bought, refused, codes } = sorted(answers);
      expect([...codes]).toEqual(['LIMIT_EXCEEDED']);
      expect([bought.length, refused.length]).toEqual([2, 38]);
      expect(await unitsSold(stage, offer)).toEqual({ held: 2, counted: 2 });
      expect(await checkInvariants(stage.variables)).toEqual([]);
    });
  });
}
