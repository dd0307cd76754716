import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, isScalarType, isSpecifiedScalarType, Kind, parse, validate } from 'graphql';

const ROOT = resolve(__dirname, '../../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

const schema = buildSchema(read('schema/api.graphql'));

describe.each(['README.md', 'docs/clients.md'])('%s', (path) => {
  const blocks = [...read(path).matchAll(/^```graphql\n(.*?)^```/gms)].map(([, document = '']) => document);

  it.each(blocks)('shows an operation that the endpoint understands: %s', (document) => {
    // Several operations in one block are several things to send.
    const { definitions } = parse(document);
    for (const definition of definitions) {
      expect(validate(schema, { kind: Kind.DOCUMENT, definitions: [definition] })).toEqual([]);
    }
  });
});

describe('docs/clients.md', () => {
  const text = read('docs/clients.md');

  it('sends what the endpoint understands, from code and from a shell', () => {
    const inCode = [...text.matchAll(/`((?:query|mutation|subscription) \w+\(.*?\n})`/gs)];
    const inShell = [...text.matchAll(/-d '(.*)'$/gm)].map(([, body = '{}']) => JSON.parse(body) as unknown);
    const sent = [
      ...inCode.map(([, document = '']) => document),
      ...inShell.map((body) => (body as { query: string }).query),
    ];
    expect(sent).toHaveLength(2);
    for (const document of sent) expect(validate(schema, parse(document))).toEqual([]);
  });

  it('says of every scalar what it is to a client', () => {
    const own = Object.values(schema.getTypeMap()).filter(
      (type) => isScalarType(type) && !isSpecifiedScalarType(type),
    );
    const told = [...text.matchAll(/^\| `(\w+)` .*\| `(\w+)` +\|$/gm)];
    const generated = [...(/scalars: \{(.*)\}/.exec(text)?.[1] ?? '').matchAll(/(\w+): '(\w+)'/g)];
    const types = ([, name = '', type = '']: RegExpMatchArray): readonly [string, string] => [name, type];
    expect(
      told
        .map(types)
        .map(([name]) => name)
        .sort(),
    ).toEqual(own.map(({ name }) => name).sort());
    expect(Object.fromEntries(generated.map(types))).toEqual(Object.fromEntries(told.map(types)));
  });
});
