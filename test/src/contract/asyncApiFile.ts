import { asyncApiDocument, eventDefinitions } from '@foyer/kafka';
import { join, resolve } from 'node:path';
import { observeReaders } from './observeReaders.js';
import { readSummaries } from './readSummaries.js';

/** The repository's root: this file is test/dist/contract/asyncApiFile.js. */
const ROOT = resolve(__dirname, '../../..');

/** Where the document is committed. */
export const ASYNCAPI_FILE = join(ROOT, 'docs', 'events', 'asyncapi.json');

/** What the file has to hold. */
export async function asyncApiText(): Promise<string> {
  const document = asyncApiDocument({
    definitions: eventDefinitions,
    readers: await observeReaders(),
    summaryOf: readSummaries(join(ROOT, 'kafka', 'src', 'contracts')),
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}
