/** Node's and Prisma's names for what is wrong with a network, SQLSTATE classes of a server that goes or is overloaded. */
const OUTAGES = /^(E[A-Z]+|UND_ERR_.*|P10..|08...|57P..|53...|25006)$/;
/** What the Postgres driver says without a code. */
const WORDS = /^(Connection terminated|timeout exceeded when trying to connect|timeout expired)/;

/** Whether an error says that an engine could not be asked, as opposed to having refused. */
export function isOutage(error: unknown): boolean {
  if (error === null || typeof error !== 'object') return false;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.some(isOutage)) return true;
  if ('code' in error && OUTAGES.test(String(error.code))) return true;
  if ('message' in error && WORDS.test(String(error.message))) return true;
  return 'cause' in error && isOutage(error.cause);
}
