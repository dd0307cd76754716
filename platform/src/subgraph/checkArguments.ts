import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  isUnionType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { invalidArguments } from '../refusal/invalidArguments.js';
import { invalidInput, type InvalidField } from '../refusal/refused.js';
import { isStorable } from '../values/text.js';

/** More wrong values than these tell nobody anything new. */
const MAXIMUM_TOLD = 50;

/**
 * Has every field of a schema look at its arguments before its resolver does: a text must be one that a database can keep,
 * a number must be finite. A mutation that can refuse its input answers `InvalidInput`; everything else gets an error
 * with the code `INVALID_INPUT`. Bounds and forms are each operation's own.
 */
export function checkArguments(schema: GraphQLSchema): void {
  const mutation = schema.getMutationType();
  const subscription = schema.getSubscriptionType();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
      const answer = getNamedType(field.type);
      const refuses =
        type === mutation &&
        isUnionType(answer) &&
        answer.getTypes().some(({ name }) => name === 'InvalidInput');
      const checked =
        (next: Resolver): Resolver =>
        (source, args, context, info) => {
          const wrong: InvalidField[] = [];
          gather(args, '', wrong);
          if (wrong.length === 0) return next(source, args, context, info);
          if (refuses) return invalidInput(wrong).refusal;
          throw invalidArguments(wrong);
        };
      if (type === subscription) {
        if (field.subscribe) field.subscribe = checked(field.subscribe);
      } else field.resolve = checked(field.resolve ?? defaultFieldResolver);
    }
  }
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

function gather(value: unknown, path: string, wrong: InvalidField[]): void {
  if (wrong.length >= MAXIMUM_TOLD) return;
  if (typeof value === 'string') {
    if (isStorable(value)) return;
    wrong.push({ path, rule: 'NOT_TEXT', message: 'Leave out characters that are none, such as U+0000.' });
  } else if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
    wrong.push({ path, rule: 'OUT_OF_RANGE', message: 'Write a number that is finite.' });
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const [name, item] of Object.entries(value)) {
      // A key of a JSON value is text as well; it can't be shown, so its place is.
      gather(
        isStorable(name) ? item : name,
        path === '' ? name : `${path}.${isStorable(name) ? name : '?'}`,
        wrong,
      );
    }
  }
}
