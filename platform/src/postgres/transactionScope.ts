import type { ClientBase } from 'pg';

import type { SqlTransaction } from './transaction.js';

/**
 * An open transaction on `client`, which whoever made it has begun. Its end is final: a query that comes
 * later, from work that outlived the transaction, is refused instead of running outside of it or inside the
 * next borrower's.
 */
export class TransactionScope implements SqlTransaction {
  private readonly actions: (() => void)[] = [];
  private ended = false;

  constructor(private readonly client: ClientBase) {}

  async query<Row extends object = Record<string, unknown>>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    if (this.ended) {
      throw new Error('The transaction has already ended; this query was not sent.');
    }
    const result = await this.client.query<Row>(text, [...values]);
    return result.rows;
  }

  afterCommit(action: () => void): void {
    this.actions.push(action);
  }

  /** Commits. Rejects if the database does not, or if it rolled back because a statement had failed. */
  async commit(): Promise<void> {
    this.ended = true;
    const { command } = await this.client.query('COMMIT');
    if (command !== 'COMMIT') {
      throw new Error(
        'The transaction was rolled back: one of its statements had failed and the error was ignored.',
      );
    }
  }

  /** Rolls back. Rejects when the connection is lost (the server has then rolled back by itself). */
  async rollback(): Promise<void> {
    this.ended = true;
    await this.client.query('ROLLBACK');
  }

  /** To be called once, after the commit, when the connection is free again. */
  runAfterCommit(): void {
    for (const action of this.actions) {
      try {
        action();
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}
