import asyncApi3 from '@asyncapi/specs/schemas/3.0.0-without-$id.json';
import { eventDefinitions, topicOwner } from '@foyer/kafka';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { ASYNCAPI_FILE, asyncApiText } from './asyncApiFile.js';
import { observeReaders } from './observeReaders.js';

interface Document {
  readonly channels: Record<string, { readonly messages: object }>;
  readonly operations: Record<string, { readonly messages: readonly { readonly $ref: string }[] }>;
  readonly components: { readonly schemas: Record<string, object>; readonly messages: object };
}

let text: string;
let document: Document;

beforeAll(async () => {
  text = await asyncApiText();
  document = JSON.parse(text) as Document;
});

test('what is committed is what the code says; `npm run events:asyncapi` writes it anew', () => {
  expect(readFileSync(ASYNCAPI_FILE, 'utf8')).toBe(text);
});

test('it is valid AsyncAPI 3.0', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(asyncApi3);
  validate(document);
  expect(validate.errors).toBeNull();
});

test('the validation finds what is wrong', () => {
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  const broken = { ...document, operations: { 'users.send': { action: 'shout' } } };
  expect(ajv.validate(asyncApi3, broken)).toBe(false);
});

test('every reference leads somewhere', () => {
  const lost: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref' && lookUp(inner as string) === undefined) lost.push(inner as string);
      visit(inner);
    }
  };
  visit(document);
  expect(lost).toEqual([]);
});

/** What a reference points at. */
function lookUp(reference: string): unknown {
  const path = reference.slice(2).split('/');
  return path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    document,
  );
}

test('its schemas can be compiled, and accept an event as it travels and no other', () => {
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  ajv.addSchema({ $id: 'doc', ...document });
  const id = '0190a5f0-0000-7000-8000-000000000000';
  const event = {
    specversion: '1.0',
    id,
    source: '/foyer/users',
    type: 'organization.created',
    subject: id,
    time: '2026-11-21T10:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: 'urn:foyer:event:organization.created:1',
    data: { organizationId: id, name: 'Opera', verified: false },
    aggregatetype: 'organization',
    aggregateversion: 1,
  };
  const validate = ajv.compile({ $ref: 'doc#/components/schemas/organization.created.v1' });
  expect(validate(event)).toBe(true);
  expect(validate({ ...event, type: 'organization.updated' })).toBe(false);
  expect(validate({ ...event, data: { ...event.data, verified: 'no' } })).toBe(false);
  expect(validate({ ...event, aggregateversion: 0 })).toBe(false);
  for (const name of Object.keys(document.components.schemas)) {
    expect(() => ajv.compile({ $ref: `doc#/components/schemas/${name}` })).not.toThrow();
  }
});

test('every event is sent by the owner of its topic, and each reader receives what its handlers handle', async () => {
  for (const { topic, type, version } of eventDefinitions) {
    const owner = topicOwner(topic);
    expect(owner).not.toBeNull();
    const sent = document.operations[`${owner ?? ''}.send.${topic}`]?.messages.map(({ $ref }) => $ref);
    expect(sent).toContain(`#/channels/${topic}/messages/${type}.v${version}`);
  }
  const readers = await observeReaders();
  expect(readers.map(({ name }) => name).sort()).toEqual([
    ...['catalog', 'gateway', 'inventory', 'notifications', 'orders', 'payments', 'waitroom'],
  ]);
  const queueEvents = document.operations['orders.receive.queue-events'];
  expect(queueEvents?.messages.map(({ $ref }) => $ref.split('/').at(-1))).toEqual([
    'queue.expired.v1',
    'queue.left.v1',
  ]);
});
