import { createPool } from '@foyer/platform';
import { percentile } from './percentile.js';

/** What a durable commit costs on this machine. */
export interface CommitSpeed {
  /** Commits of one row, one after another on one connection. */
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** Measures commits of one row each. @param url of any database; a table is made in it, and dropped. */
export async function measureCommits(url: string, seconds: number): Promise<CommitSpeed> {
  const pool = createPool(url, { max: 1, applicationName: 'bench' });
  try {
    await pool.query(`create table commit_speed (id bigint generated always as identity, note text)`);
    const times: number[] = [];
    const started = performance.now();
    while (performance.now() - started < seconds * 1000) {
      const before = performance.now();
      await pool.query(`insert into commit_speed (note) values ('one row')`);
      times.push(performance.now() - before);
    }
    const elapsed = (performance.now() - started) / 1000;
    await pool.query(`drop table commit_speed`);
    return {
      perSecond: times.length / elapsed,
      medianMs: percentile(times, 50),
      p99Ms: percentile(times, 99),
    };
  } finally {
    await pool.end();
  }
}
