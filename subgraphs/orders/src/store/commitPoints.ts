import type { SqlTransaction } from '@foyer/platform';
import type { CommitPoint } from '../domain/sagas.js';

/** Is told of a saga's commits. */
export interface CommitObserver {
  /** Everything is written and the commit is next. */
  before(point: CommitPoint): void;
  /** The commit is done. */
  after(point: CommitPoint): void;
}

const points = new WeakMap<SqlTransaction, CommitPoint[]>();

/** Says that a transaction is a saga's commit. */
export function notePoint(sql: SqlTransaction, point: CommitPoint): void {
  const noted = points.get(sql);
  if (noted) noted.push(point);
  else points.set(sql, [point]);
}

/** Which commits of sagas a transaction is. */
export function pointsOf(sql: SqlTransaction): readonly CommitPoint[] {
  return points.get(sql) ?? [];
}
