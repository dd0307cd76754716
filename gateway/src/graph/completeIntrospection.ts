/* eslint @typescript-eslint/no-unsafe-class-instance-assignment: off -- It does not come to an end with the planner's classes, which name each other. */
import { ListType, NonNullType, ObjectType, type Schema } from '@apollo/federation-internals';
import { introspectionTypes, isListType, isNonNullType, isObjectType, type GraphQLType } from 'graphql';

/** What a field or an argument of the introspection types may be: all of it is output and input alike to the planner. */
type FieldType = NonNullable<Parameters<ObjectType['addField']>[1]>;
type ArgumentType = Parameters<ReturnType<ObjectType['addField']>['addArgument']>[1];

/**
 * graphql-js answers introspection, but the planner refuses what its own copy of the introspection types lacks (`isOneOf`,
 * deprecated directives): adds that, so that clients may ask for whatever this graphql-js knows.
 */
export function completeIntrospection(api: Schema): void {
  // What is built in can be changed in this way only; Apollo adds its copy by the same.
  const modify = api['runWithBuiltInModificationAllowed'] as (this: Schema, change: () => void) => void;
  modify.call(api, () => {
    for (const type of introspectionTypes.filter(isObjectType)) {
      const known = api.type(type.name);
      if (!(known instanceof ObjectType)) continue;
      for (const { name, type: of, args } of Object.values(type.getFields())) {
        const field = known.field(name) ?? known.addField(name, typeIn(api, of) as FieldType);
        for (const argument of args) {
          if (field.argument(argument.name)) continue;
          field.addArgument(argument.name, typeIn(api, argument.type) as ArgumentType, argument.defaultValue);
        }
      }
    }
  });
}

/** graphql-js' type as a type of the planner's schema. */
function typeIn(api: Schema, type: GraphQLType): unknown {
  if (isNonNullType(type)) return new NonNullType(typeIn(api, type.ofType) as never);
  if (isListType(type)) return new ListType(typeIn(api, type.ofType) as never);
  return api.type(type.name);
}
