import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { readSupergraph } from './readSupergraph.js';
import { readSubgraphs, SUBGRAPH_URLS } from './subgraphs.js';

const ROOT = join(__dirname, '..', '..', '..');

/** Subgraphs of `supergraph.yaml`, as rover reads it: name, routing_url and file, in our fixed indentation. */
function readYaml(): readonly (readonly [name: string, url: string, file: string])[] {
  const text = readFileSync(join(ROOT, 'supergraph.yaml'), 'utf8');
  const entry = /^ {2}(\S+):\n {4}routing_url: (\S+)\n {4}schema:\n {6}file: (\S+)$/gm;
  return [...text.matchAll(entry)].map(([, name = '', url = '', file = '']) => [name, url, file]);
}

test('supergraph.yaml names every subgraph with its address', () => {
  expect(readYaml().map(([name, url]) => [name, url])).toEqual(Object.entries(SUBGRAPH_URLS));
  expect(readSubgraphs(ROOT).map(({ name }) => name)).toEqual(Object.keys(SUBGRAPH_URLS));
});

test('what supergraph.yaml names composes by itself into the committed supergraph', () => {
  const { supergraphSdl, errors } = composeServices(
    readYaml().map(([name, url, file]) => ({
      name,
      url,
      typeDefs: parse(readFileSync(join(ROOT, file), 'utf8')),
    })),
  );
  expect(errors).toBeUndefined();
  expect(readSupergraph()).toContain(supergraphSdl?.trim());
});
