import { Query } from 'pg';

/** What pg calls of a statement; it is the same however the statement was handed to it. */
interface Submitted {
  readonly text?: string;
  submit(connection: unknown): unknown;
  handleReadyForQuery(connection: unknown): void;
}

/** What is told of every statement of this process. */
export interface StatementWatch {
  /** It is sent. @param text with single spaces. */
  sent?(text: string): void;
  /** It is answered. */
  answered?(): void;
}

/** Tells of every statement that this process sends to Postgres. @returns ends it. */
export function watchStatements({ sent, answered }: StatementWatch): () => void {
  const prototype = Query.prototype as unknown as Submitted;
  const { submit, handleReadyForQuery } = prototype;
  prototype.submit = function (this: Submitted, connection) {
    sent?.((this.text ?? '').replace(/\s+/g, ' ').trim());
    return submit.call(this, connection);
  };
  prototype.handleReadyForQuery = function (this: Submitted, connection) {
    handleReadyForQuery.call(this, connection);
    answered?.();
  };
  return () => {
    Object.assign(prototype, { submit, handleReadyForQuery });
  };
}
