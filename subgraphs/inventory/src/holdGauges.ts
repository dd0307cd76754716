import type { Queryable } from '@foyer/kafka';
import type { GaugeOptions } from '@foyer/platform';

/** Holds that take units out of sale at the moment, read from their index. */
export function holdGauges(sql: Queryable): readonly GaugeOptions[] {
  return [
    {
      name: 'foyer_holds',
      help: 'Holds that are neither confirmed nor given back; OVERDUE ones are over and not yet tidied',
      labels: ['state'],
      collect: async () => {
        const [row] = await sql.query<{ running: number; overdue: number }>(
          `select count(*) filter (where expires_at > foyer_now())::int as running,
             count(*) filter (where expires_at <= foyer_now())::int as overdue
           from hold where state = 'HELD'`,
        );
        return [
          { labels: { state: 'RUNNING' }, value: row?.running ?? 0 },
          { labels: { state: 'OVERDUE' }, value: row?.overdue ?? 0 },
        ];
      },
    },
  ];
}
