import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, Kind, parse, validate } from 'graphql';

const ROOT = resolve(__dirname, '../../..');

const schema = buildSchema(readFileSync(resolve(ROOT, 'schema/api.graphql'), 'utf8'));

const blocks = [
  ...readFileSync(resolve(ROOT, 'README.md'), 'utf8').matchAll(/^```graphql\n(.*?)^```/gms),
].map(([, document = '']) => document);

describe('README.md', () => {
  it.each(blocks)('shows an operation that the endpoint understands: %s', (document) => {
    // Several operations in one block are several things to send.
    const { definitions } = parse(document);
    for (const definition of definitions) {
      expect(validate(schema, { kind: Kind.DOCUMENT, definitions: [definition] })).toEqual([]);
    }
  });
});
