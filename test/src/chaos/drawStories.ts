import { eventsOf, STORIES, type SaleKind, type StoryKind } from './mix.js';
import type { Random } from './random.js';

/** What one person does next. */
export interface StoryPlan {
  readonly kind: StoryKind;
  readonly sale: SaleKind;
  /** Which of the sales of this kind. */
  readonly event: number;
  /** How many units. */
  readonly quantity: number;
  /** How long somebody thinks before the next step, in milliseconds. */
  readonly thinks: number;
}

const WEIGHTS = Object.fromEntries(
  Object.entries(STORIES).map(([kind, { weight }]) => [kind, weight]),
) as Record<StoryKind, number>;

/**
 * What a person does, one story after the other, without end. The seed decides all of it.
 * @param minutes how long the run is, which decides how many sales there are.
 */
export function* drawStories(random: Random, minutes: number): Generator<StoryPlan, never> {
  for (;;) {
    const kind = random.weighted(WEIGHTS);
    const sale = random.weighted(STORIES[kind].at as Readonly<Record<SaleKind, number>>);
    yield {
      kind,
      sale,
      event: random.integer(0, eventsOf(sale, minutes) - 1),
      quantity: kind === 'refundOne' ? 2 : random.integer(1, 2),
      thinks: random.integer(0, 250),
    };
  }
}
