// Each rule of DESIGN §1 is tried on a small made-up file, through ESLint and the repository's configuration.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

const importOf = (specifier) => `import { thing } from '${specifier}';\nthing();\n`;

const FORBIDDEN = [
  ['platform/src/log/file.ts', '@foyer/kafka', /platform may import nothing of ours/],
  ['platform/src/log/file.ts', '@foyer/prisma', /platform may import nothing of ours/],
  ['platform/src/log/file.test.ts', '@foyer/prisma/testing', /platform may import nothing of ours/],
  ['schema/src/file.ts', '@foyer/kafka', /schema may import platform/],
  ['prisma/src/file.ts', '@foyer/kafka', /prisma may import platform/],
  ['kafka/src/outbox/file.ts', '@foyer/prisma', /kafka may import platform/],
  ['kafka/src/outbox/file.ts', '@foyer/schema', /kafka may import platform/],
  ['kafka/src/outbox/file.ts', '@foyer/orders', /kafka knows no subgraph/],
  ['gateway/src/plan/file.ts', '@foyer/orders', /gateway knows no subgraph/],
  ['gateway/src/plan/file.test.ts', '@foyer/orders', /gateway knows no subgraph/],
  ['gateway/src/plan/file.ts', '../../../subgraphs/orders/src/subgraph.js', /by its name/],
  ['gateway/src/plan/file.ts', '@foyer/prisma/orders', /no access to the database of "orders"/],
  ['gateway/src/plan/file.ts', '@foyer/system', /gateway may import/],
  ['subgraphs/orders/src/resolvers/file.ts', '@foyer/inventory', /a subgraph imports no other/],
  ['subgraphs/orders/src/file.test.ts', '@foyer/inventory', /a subgraph imports no other/],
  ['subgraphs/orders/src/resolvers/file.ts', '../../../inventory/src/store/holds.js', /by its name/],
  ['subgraphs/orders/src/resolvers/file.ts', '@foyer/gateway', /orders may import/],
  ['subgraphs/orders/src/resolvers/file.ts', '@foyer/system', /orders may import/],
  ['subgraphs/orders/src/resolvers/file.ts', '../../../../kafka/src/index.js', /by its name/],
  [
    'subgraphs/orders/src/store/file.ts',
    '@foyer/prisma/inventory',
    /no access to the database of "inventory"/,
  ],
  ['subgraphs/orders/src/store/file.ts', '@foyer/prisma/testing', /for tests/],
  ['subgraphs/orders/src/store/file.ts', '@foyer/platform/testing', /for tests/],
  ['subgraphs/orders/src/resolvers/file.ts', '@foyer/prisma/orders', /only store\//],
  ['subgraphs/orders/src/events/file.ts', '@foyer/prisma', /only store\//],
  ['subgraphs/orders/src/events/file.ts', 'pg', /only store\//],
  ['subgraphs/orders/src/configuration.ts', '@foyer/prisma', /only store\//],
  ...[
    ['node:fs', 'fs', 'node:fs/promises', 'node:net', 'node:http', 'node:child_process', 'node:timers'],
    ['pg', 'fastify', 'undici', 'nodemailer', 'ws', '@prisma/client'],
    ['@foyer/platform', '@foyer/kafka', '@foyer/schema', '@foyer/prisma', '@foyer/prisma/orders'],
    ['../store/orders.js', '../subgraph.js'],
  ]
    .flat()
    .map((specifier) => ['subgraphs/orders/src/domain/file.ts', specifier, /domain\/ do no I\/O/]),
];

const ALLOWED = [
  ['platform/src/log/file.ts', 'pg'],
  ['schema/src/file.ts', '@foyer/platform'],
  ['prisma/src/file.ts', '@foyer/platform'],
  ['kafka/src/outbox/file.ts', '@foyer/platform'],
  ['kafka/src/outbox/file.test.ts', '@foyer/prisma/testing'],
  ['kafka/src/testing/file.ts', '@foyer/prisma'],
  ['gateway/src/plan/file.ts', '@foyer/platform'],
  ['gateway/src/plan/file.ts', '@foyer/schema'],
  ['gateway/src/plan/file.ts', '@foyer/kafka'],
  ['gateway/src/plan/file.ts', '@foyer/prisma/gateway'],
  ['subgraphs/orders/src/store/file.ts', '@foyer/prisma/orders'],
  ['subgraphs/orders/src/store/file.ts', 'pg'],
  ['subgraphs/orders/src/subgraph.ts', '@foyer/prisma'],
  ['subgraphs/orders/src/events/file.test.ts', '@foyer/prisma/testing'],
  ['subgraphs/orders/src/resolvers/file.ts', '../store/orders.js'],
  ['subgraphs/orders/src/domain/file.ts', '@foyer/platform/domain'],
  ['subgraphs/orders/src/domain/file.ts', './price.js'],
  ['subgraphs/orders/src/domain/file.ts', 'node:crypto'],
  ['subgraphs/orders/src/domain/file.ts', 'uuid'],
  ['system/src/main.ts', '@foyer/orders'],
  ['test/src/e2e/file.test.ts', '@foyer/gateway'],
];

const KINDS = [
  `import type { Thing } from '@foyer/inventory';\nexport type T = Thing;\n`,
  `export * from '@foyer/inventory';\n`,
  `export { thing } from '@foyer/inventory';\n`,
  `export const thing = import('@foyer/inventory');\n`,
  `export const thing = require('@foyer/inventory');\n`,
  `import thing = require('@foyer/inventory');\nthing();\n`,
  `export type Thing = import('@foyer/inventory').Thing;\n`,
];

/** All texts go through one ESLint: starting it takes a second. */
function lint(texts) {
  const output = execFileSync(process.execPath, [join(__dirname, 'lintTexts.mjs')], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

const results = new Map();

beforeAll(() => {
  const texts = [
    ...FORBIDDEN.map(([file, specifier]) => ({ file, text: importOf(specifier) })),
    ...ALLOWED.map(([file, specifier]) => ({ file, text: importOf(specifier) })),
    ...KINDS.map((text) => ({ file: 'subgraphs/orders/src/resolvers/file.ts', text })),
  ];
  lint(texts).forEach((messages, index) => results.set(texts[index].file + texts[index].text, messages));
});

test.each(FORBIDDEN)('%s must not import %s', (file, specifier, reason) => {
  const messages = results.get(file + importOf(specifier));
  expect(messages).toEqual([expect.stringMatching(reason)]);
  expect(messages[0]).toMatch(/^error/);
});

test.each(ALLOWED)('%s may import %s', (file, specifier) => {
  expect(results.get(file + importOf(specifier))).toEqual([]);
});

test.each(KINDS)('every kind of import is seen: %s', (text) => {
  expect(results.get('subgraphs/orders/src/resolvers/file.ts' + text)).toEqual([
    expect.stringMatching(/a subgraph imports no other/),
  ]);
});
