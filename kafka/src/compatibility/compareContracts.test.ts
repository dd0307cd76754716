import { Type, type TSchema } from '@sinclair/typebox';
import { oneOf, orNull } from '../contracts/parts.js';
import { defineEvent, type EventDefinition } from '../event/defineEvent.js';
import { compareContracts } from './compareContracts.js';
import { recordContracts, type ContractRecord } from './contractRecord.js';

const fields = {
  id: Type.String({ format: 'uuid' }),
  code: Type.String(),
  kind: oneOf('PAID', 'FREE'),
  quantity: Type.Integer({ minimum: 1, maximum: 10 }),
  note: Type.Optional(Type.String({ maxLength: 100 })),
  venue: orNull(Type.Object({ name: Type.String() })),
  lines: Type.Array(Type.Object({ price: Type.Number() })),
};
const event = (data: TSchema, more: Partial<Omit<EventDefinition, 'dataSchema'>> = {}): EventDefinition =>
  defineEvent({
    type: 'order.made',
    topic: 'order-events',
    aggregateType: 'order',
    version: 1,
    data,
    ...more,
  });
const made = event(Type.Object(fields));
const before = recordContracts([made]);

/** What is said of a change of the contracts, without the advice. */
const changes = (...now: readonly EventDefinition[]): readonly string[] =>
  compareContracts(before, recordContracts(now)).map(({ change }) => change);
const dataChange = (changed: Readonly<Record<string, TSchema>>): readonly string[] =>
  changes(event(Type.Object({ ...fields, ...changed })));
const without = (field: keyof typeof fields): TSchema => {
  const { [field]: _, ...others } = fields;
  return Type.Object(others);
};

const STORED = '(breaks events stored already)';
const READERS = '(breaks readers of the version before)';
const BOTH = '(breaks events stored already and readers of the version before)';

test('nothing changed, nothing breaks', () => {
  expect(changes(made)).toEqual([]);
});

describe('what may change within a version', () => {
  test.each<readonly [string, Readonly<Record<string, TSchema>>]>([
    ['a field that may be missing is added', { seat: Type.Optional(Type.String()) }],
    [
      'one is added deep inside',
      { lines: Type.Array(Type.Object({ price: Type.Number(), tax: Type.Optional(Type.Number()) })) },
    ],
    [
      'one is added in what may be null',
      { venue: orNull(Type.Object({ name: Type.String(), city: Type.Optional(Type.String()) })) },
    ],
    ['words', { id: Type.String({ format: 'uuid', description: 'The order.', title: 'Id' }) }],
    ['the order of values', { kind: oneOf('FREE', 'PAID') }],
    ['the order of branches', { venue: Type.Union([Type.Null(), Type.Object({ name: Type.String() })]) }],
  ])('%s', (_, changed) => {
    expect(dataChange(changed)).toEqual([]);
  });
});

describe('what breaks somebody', () => {
  test.each<readonly [string, Readonly<Record<string, TSchema>>, string]>([
    [
      'a new field is required',
      { seat: Type.String() },
      `/seat a new field is required, and missing in older events; make it optional ${STORED}`,
    ],
    [
      'a field becomes required',
      { note: Type.String({ maxLength: 100 }) },
      `/note is required now, and missing in older events ${STORED}`,
    ],
    [
      'a field may be missing',
      { quantity: Type.Optional(fields.quantity) },
      `/quantity may be missing now ${READERS}`,
    ],
    ['another type', { code: Type.Integer() }, `/code "string" became "integer" ${BOTH}`],
    [
      'a narrower type',
      { lines: Type.Array(Type.Object({ price: Type.Integer() })) },
      `/lines/[]/price "number" became "integer" ${STORED}`,
    ],
    [
      'a wider type',
      { quantity: Type.Number({ minimum: 1, maximum: 10 }) },
      `/quantity "integer" became "number" ${READERS}`,
    ],
    [
      'a value is added',
      { kind: oneOf('PAID', 'FREE', 'GIFT') },
      `/kind "GIFT" is allowed now, and unknown to its readers ${READERS}`,
    ],
    ['a value is gone', { kind: oneOf('PAID') }, `/kind "FREE" is no longer allowed ${STORED}`],
    ['values are listed', { code: oneOf('A') }, `/code only "A" are allowed now ${STORED}`],
    ['values are not listed any more', { kind: Type.String() }, `/kind any value is allowed now ${READERS}`],
    ['null is allowed', { id: orNull(fields.id) }, `/id may be null now ${READERS}`],
    [
      'null is not allowed any more',
      { venue: Type.Object({ name: Type.String() }) },
      `/venue may no longer be null ${STORED}`,
    ],
    [
      'a higher least value',
      { quantity: Type.Integer({ minimum: 2, maximum: 10 }) },
      `/quantity minimum changed from 1 to 2 ${STORED}`,
    ],
    [
      'a lower least value',
      { quantity: Type.Integer({ minimum: 0, maximum: 10 }) },
      `/quantity minimum changed from 1 to 0 ${READERS}`,
    ],
    [
      'no greatest value',
      { quantity: Type.Integer({ minimum: 1 }) },
      `/quantity maximum changed from 10 to none ${READERS}`,
    ],
    [
      'a shorter text',
      { note: Type.Optional(Type.String({ maxLength: 50 })) },
      `/note maxLength changed from 100 to 50 ${STORED}`,
    ],
    [
      'another format',
      { id: Type.String({ format: 'uri' }) },
      `/id format changed from "uuid" to "uri" ${BOTH}`,
    ],
    [
      'a pattern',
      { note: Type.Optional(Type.String({ maxLength: 100, pattern: 'a' })) },
      `/note pattern changed from none to "a" ${STORED}`,
    ],
    [
      'a field inside is gone',
      { venue: orNull(Type.Object({})) },
      `/venue/name the field is gone ${READERS}`,
    ],
    [
      'closed to other fields',
      { venue: orNull(Type.Object({ name: Type.String() }, { additionalProperties: false })) },
      `/venue "additionalProperties" changed from true to false ${STORED}`,
    ],
    [
      'a keyword that is not known',
      { note: Type.Optional(Type.Unsafe<string>({ type: 'string', maxLength: 100, not: {} })) },
      `/note "not" changed ${BOTH}`,
    ],
    [
      'the items are not described any more',
      { lines: Type.Unsafe<unknown[]>({ type: 'array' }) },
      `/lines says otherwise what its items are ${BOTH}`,
    ],
  ])('%s', (_, changed, said) => {
    expect(dataChange(changed)).toEqual([`order.made.v1: ${said}`]);
  });

  test('a field is gone, whether or not it was required', () => {
    expect(changes(event(without('quantity')))).toEqual([
      `order.made.v1: /quantity the field is gone ${READERS}`,
    ]);
    expect(changes(event(without('note')))).toEqual([`order.made.v1: /note the field is gone ${READERS}`]);
  });

  test('a new field where readers allow none', () => {
    const closed = (more: object) =>
      event(Type.Object({ id: fields.id, ...more }, { additionalProperties: false }));
    const said = compareContracts(
      recordContracts([closed({})]),
      recordContracts([closed({ note: fields.note })]),
    );
    expect(said.map(({ change }) => change)).toEqual([
      `order.made.v1: /note its readers allow no further field here ${READERS}`,
    ]);
  });
});

describe('versions, topics and the envelope', () => {
  test('a contract is gone, or has another name', () => {
    expect(changes()).toEqual(['order.made.v1: the contract is gone']);
    expect(changes(event(made.data, { type: 'order.placed' }))).toEqual([
      'order.made.v1: the contract is gone',
    ]);
  });

  test('a new type begins at version 1', () => {
    expect(changes(made, event(without('note'), { type: 'order.sent' }))).toEqual([]);
    expect(changes(made, event(without('note'), { type: 'order.sent', version: 2 }))).toEqual([
      'order.sent.v2: there is no version 1 before it',
    ]);
  });

  test('a version beside the one before may say what it likes', () => {
    expect(changes(made, event(without('note'), { version: 2 }))).toEqual([]);
  });

  test('the version before stays, and none is left out', () => {
    expect(changes(event(made.data, { version: 2 }))).toEqual([
      'order.made.v1: the contract is gone',
      'order.made.v2: there is no version 1 before it',
    ]);
    expect(changes(made, event(made.data, { version: 3 }))).toEqual([
      'order.made.v3: there is no version 2 before it',
    ]);
  });

  test('an event keeps its topic and its key, in every version', () => {
    expect(changes(event(made.data, { topic: 'user-events' }))).toEqual([
      'order.made.v1: moved from topic order-events to user-events',
    ]);
    expect(changes(event(made.data, { aggregateType: 'cart' }))).toEqual([
      `order.made.v1: its key was a order's id and is a cart's`,
    ]);
    expect(changes(made, event(made.data, { version: 2, aggregateType: 'cart' }))).toEqual([
      'order.made.v2: its topic or aggregate is another than that of version 1',
    ]);
  });

  const change = (changed: Partial<ContractRecord>): readonly string[] =>
    compareContracts(before, { ...before, ...changed }).map(({ change: said }) => said);

  test('a topic keeps its name, and its events as long as before', () => {
    const { 'order-events': _, ...others } = before.topics;
    expect(change({ topics: others })).toEqual(['order-events: the topic is gone']);
    const keeping = (retentionMs: number) => ({
      topics: { ...before.topics, 'order-events': { retentionMs } },
    });
    expect(change(keeping(1))).toEqual(['order-events: retention lowered from 604800000 to 1 ms']);
    expect(change(keeping(1e12))).toEqual([]);
  });

  test('the envelope takes fields that may be missing, and nothing else', () => {
    const properties = { ...(before.envelope['properties'] as object), tenant: { type: 'string' } };
    expect(change({ envelope: { ...before.envelope, properties } })).toEqual([]);
    const required = [...(before.envelope['required'] as string[]), 'tenant'];
    expect(change({ envelope: { ...before.envelope, properties, required } })).toEqual([
      `envelope: /tenant a new field is required, and missing in older events; make it optional ${STORED}`,
    ]);
  });

  test('the advice says which version comes next', () => {
    const [problem] = compareContracts(
      before,
      recordContracts([
        event(Type.Object({ ...fields, id: Type.Integer() })),
        event(made.data, { version: 2 }),
      ]),
    );
    expect(problem?.advice).toMatch(/leave order.made.v1 as it was, define version 3 with the change/);
  });
});
