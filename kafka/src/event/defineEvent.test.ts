import { Type } from '@sinclair/typebox';
import { eventDefinitions } from '../contracts/eventDefinitions.js';
import { checkEventData } from './checkEventData.js';
import { defineEvent, type EventOf } from './defineEvent.js';
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
  test('there is one definition per type and version, and its schema can be compiled', () => {
    expect(eventDefinitions.length).toBeGreaterThan(0);
    expect(new Set(eventDefinitions.map(({ dataSchema }) => dataSchema)).size).toBe(eventDefinitions.length);
    for (const each of eventDefinitions) expect(() => checkEventData(each, {})).not.toThrow();
  });
});

test('every topic states its retention, and an inbox remembers longer', () => {
  expect(Object.keys(TOPIC_RETENTION).sort()).toEqual([...topics].sort());
  expect(INBOX_RETENTION).toBeGreaterThan(Math.max(...Object.values(TOPIC_RETENTION)));
});
