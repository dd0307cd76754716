import { compareSchemas } from './compareSchemas.js';
import type { ContractRecord, EventRecord } from './contractRecord.js';
import type { Broken, SchemaChange } from './schemaChange.js';

/** A change of the contracts that would break somebody. */
export interface ContractProblem {
  /** What changed, in one line; by these words it can be accepted. */
  readonly change: string;
  /** What to do instead. */
  readonly advice: string;
}

const WHOM: Readonly<Record<Broken, string>> = {
  stored: 'events stored already',
  readers: 'readers of the version before',
};

/** What of the change from one record to another would break somebody; empty when nothing would. */
export function compareContracts(before: ContractRecord, after: ContractRecord): readonly ContractProblem[] {
  return [
    ...compareSchemas(before.envelope, after.envelope).map((change) => ({
      change: `envelope: ${describe(change)}`,
      advice: 'The envelope has no versions: only fields that may be missing can be added to it.',
    })),
    ...compareTopics(before, after),
    ...Object.keys(before.events).flatMap((name) => compareEvent(name, before, after)),
    ...Object.entries(after.events)
      .filter(([name]) => !(name in before.events))
      .flatMap(([name, event]) => judgeNew(name, event, after)),
  ];
}

function compareTopics(before: ContractRecord, after: ContractRecord): readonly ContractProblem[] {
  return Object.entries(before.topics).flatMap(([topic, { retentionMs }]) => {
    const now = after.topics[topic];
    if (now === undefined) {
      const advice = 'Keep the topic, and the events in it, until every group has read to its end.';
      return [{ change: `${topic}: the topic is gone`, advice }];
    }
    if (now.retentionMs >= retentionMs) return [];
    const change = `${topic}: retention lowered from ${retentionMs} to ${now.retentionMs} ms`;
    return [{ change, advice: 'A group that is away for longer loses events. Leave it, or raise it.' }];
  });
}

function compareEvent(
  name: string,
  before: ContractRecord,
  after: ContractRecord,
): readonly ContractProblem[] {
  const [old, now] = [before.events[name], after.events[name]];
  if (old === undefined) return [];
  if (now === undefined) {
    const advice =
      'Topics and archives hold such events, and a rebuild reads them: keep the contract, and publish it no more.';
    return [{ change: `${name}: the contract is gone`, advice }];
  }
  const elsewhere = `Order and inbox go by topic and aggregate: leave it, and define an event of another type beside it.`;
  const problems: ContractProblem[] = [];
  if (old.topic !== now.topic) {
    problems.push({
      change: `${name}: moved from topic ${old.topic} to ${now.topic}`,
      advice: elsewhere,
    });
  }
  if (old.aggregateType !== now.aggregateType) {
    const change = `${name}: its key was a ${old.aggregateType}'s id and is a ${now.aggregateType}'s`;
    problems.push({ change, advice: elsewhere });
  }
  const next = Math.max(...versionsOf(after, old.type)) + 1;
  const advice =
    `Publish a new version beside it: leave ${name} as it was, define version ${next} with the change, ` +
    `release readers that handle both (docs/events/asyncapi.json says who they are), then publish version ${next}.`;
  return [
    ...problems,
    ...compareSchemas(old.data, now.data).map((change) => ({
      change: `${name}: ${describe(change)}`,
      advice,
    })),
  ];
}

/** A new contract breaks nobody; one that pretends to be a version of another must be the next one, of the same thing. */
function judgeNew(name: string, event: EventRecord, after: ContractRecord): readonly ContractProblem[] {
  if (event.version === 1) return [];
  const previous = after.events[`${event.type}.v${event.version - 1}`];
  if (!previous) {
    const advice = `Versions of ${event.type} are counted from 1 without gaps, and the ones before stay.`;
    return [{ change: `${name}: there is no version ${event.version - 1} before it`, advice }];
  }
  if (previous.topic === event.topic && previous.aggregateType === event.aggregateType) return [];
  const change = `${name}: its topic or aggregate is another than that of version ${previous.version}`;
  return [{ change, advice: 'Versions of one type stay in their order: give this event a type of its own.' }];
}

function versionsOf({ events }: ContractRecord, type: string): readonly number[] {
  return Object.values(events)
    .filter((each) => each.type === type)
    .map(({ version }) => version);
}

function describe({ path, what, breaks }: SchemaChange): string {
  return `${path === '' ? 'data' : path} ${what} (breaks ${breaks.map((each) => WHOM[each]).join(' and ')})`;
}
