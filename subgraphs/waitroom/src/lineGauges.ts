import type { Queryable } from '@foyer/kafka';
import type { GaugeOptions } from '@foyer/platform';

/** How long the lines are, from their queues' counters. Of single events it says nothing: there may be very many. */
export function lineGauges(sql: Queryable): readonly GaugeOptions[] {
  const figure = (name: string, help: string, expression: string): GaugeOptions => ({
    name,
    help,
    collect: async () => {
      const [row] = await sql.query<{ value: number }>(
        `select coalesce(${expression}, 0)::int as value from queue where waiting > 0 or places_taken > 0`,
      );
      return [{ value: row?.value ?? 0 }];
    },
  });
  return [
    figure('foyer_lines_waiting_people', 'People who stand in all lines', 'sum(waiting)'),
    figure('foyer_lines_longest_people', 'People who stand in the longest line', 'max(waiting)'),
    figure('foyer_lines_admitted_people', 'People who are admitted and not through yet', 'sum(places_taken)'),
  ];
}
