import { Type } from '@sinclair/typebox';
import * as contracts from '../contracts/index.js';
import { checkEventData } from './checkEventData.js';
import { dataSchemaUri, dataSchemaVersion } from './dataSchemaUri.js';
import { defineEvent, type EventDefinition, type EventOf } from './defineEvent.js';
import { INBOX_RETENTION, TOPIC_RETENTION } from './topicRetention.js';
import { topics } from './topics.js';

const definition = { topic: 'order-events', aggregateType: 'order', version: 2 } as const;

describe('defineEvent', () => {
  test('names the schema of type and version', () => {
    const Shipped = defineEvent({
      ...definition,
      type: 'order.shipped',
      data: Type.Object({ to: Type.String() }),
    });
    expect(Shipped.dataSchema).toBe('urn:foyer:event:order.shipped:2');
    // The types are part of what is tested.
    const type: EventOf<typeof Shipped>['type'] = 'order.shipped';
    const data: EventOf<typeof Shipped>['data'] = { to: 'there' };
    expect([type, checkEventData(Shipped, data)]).toEqual(['order.shipped', []]);
  });

  test.each(['order', 'Order.shipped', 'order shipped', 'order..shipped', ''])(
    'refuses the type "%s"',
    (type) => {
      expect(() => defineEvent({ ...definition, type, data: Type.Object({}) })).toThrow(/is not of the form/);
    },
  );

  test.each([0, 1.5, -1])('refuses version %d', (version) => {
    expect(() => defineEvent({ ...definition, version, type: 'a.b', data: Type.Object({}) })).toThrow(
      /version of a.b/,
    );
  });
});

describe('the data schema', () => {
  test('gives its version back', () => {
    expect(dataSchemaVersion(dataSchemaUri('order.payment-failed', 12))).toBe(12);
  });

  test.each([
    '',
    'urn:foyer:event:a.b:0',
    'urn:foyer:event:a.b:x',
    'urn:foyer:event:a.b',
    'https://foyer.dev/a.b/1',
  ])('knows no version of "%s"', (uri) => {
    expect(dataSchemaVersion(uri)).toBeNull();
  });
});

describe('checkEventData', () => {
  test('tells every fault', () => {
    const Placed = defineEvent({
      ...definition,
      type: 'order.placed',
      data: Type.Object({ at: Type.String({ format: 'date-time' }), lines: Type.Array(Type.Integer()) }),
    });
    expect(checkEventData(Placed, { at: 'now', lines: [1, 'two'] })).toEqual([
      '/at must match format "date-time"',
      '/lines/1 must be integer',
    ]);
    expect(checkEventData(Placed, null)).toEqual(['value must be object']);
  });
});

describe('the contracts', () => {
  const isDefinition = (value: unknown): value is EventDefinition =>
    typeof value === 'object' && value !== null && 'dataSchema' in value;
  const definitions = (Object.values(contracts) as readonly unknown[]).filter(isDefinition);

  test('there is one definition per type, and its schema can be compiled', () => {
    expect(definitions.length).toBeGreaterThan(0);
    expect(new Set(definitions.map(({ type }) => type)).size).toBe(definitions.length);
    for (const each of definitions) expect(() => checkEventData(each, {})).not.toThrow();
  });
});

test('every topic states its retention, and an inbox remembers longer', () => {
  expect(Object.keys(TOPIC_RETENTION).sort()).toEqual([...topics].sort());
  expect(INBOX_RETENTION).toBeGreaterThan(Math.max(...Object.values(TOPIC_RETENTION)));
});
