import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';

/** One field with arguments of which one value is hostile. */
export interface HostileCase {
  readonly field: GraphQLField<unknown, unknown>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** `input.lines.0.offerId = "\u0000"`. */
  readonly what: string;
}

/** What stands where nothing hostile does: ids of things that there are, by the end of the argument's or the field's name. */
export type KnownIds = Readonly<Record<string, string>>;

const TEXTS = [
  '',
  'a\0@example.org',
  'x\udfffy',
  '\u202egro.elpmaxe@a\r\nBcc: b@example.org',
  'x'.repeat(9000),
  '\u{1f39f}'.repeat(300),
  '0000-01-01',
  '9999-12-31',
  '__proto__',
  `'; drop table account; --%_\\`,
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '"a:b@c.de"',
];

/** Values that a scalar takes and nobody means. */
const HOSTILE: Readonly<Record<string, readonly unknown[]>> = {
  String: TEXTS,
  ID: TEXTS,
  Int: [0, -1, 2 ** 31 - 1, -(2 ** 31)],
  Float: [0, -1, 1e308, -1e308, 5e-324],
  Boolean: [],
  MinorUnits: [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  CurrencyCode: ['XXX', 'ZZZ', 'XAU'],
  DateTime: ['0001-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '9999-12-31T23:59:59.999Z'],
  JSON: ['\0', { '\0': '\ud800' }, [[[[]]]], { ['__proto__']: 1 }, null],
};

/** Values of other types than an argument's, and such as the scalar itself refuses. */
const OTHER_TYPES: readonly unknown[] = [{}, [[]], true, 'x', 1.5, '0000-01-01T00:00:00Z', '\ud800'];

const ORDINARY: Readonly<Record<string, unknown>> = {
  String: 'ordinary',
  ID: '0196f000-0000-7000-8000-000000000000',
  Int: 2,
  Float: 1.5,
  Boolean: false,
  MinorUnits: 1000,
  CurrencyCode: 'EUR',
  DateTime: new Date(Date.now() + 3 * 86_400_000).toISOString(),
  JSON: {},
};

/** Ordinary texts where a plain word would be refused before anything else is looked at. */
const TEXT_BY_NAME: Readonly<Record<string, string>> = {
  email: 'somebody@example.org',
  toEmail: 'somebody@example.org',
  phone: '+4915112345678',
  date: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10),
  timeZone: 'Europe/Paris',
  language: 'en',
  opens: '10:00',
  closes: '22:00',
  paymentProvider: 'SANDBOX',
  password: 'Quiet-Harbour-71',
};

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly type: string;
}

/** A field's arguments with ordinary values everywhere. */
export function ordinaryArguments(
  field: GraphQLField<unknown, unknown>,
  ids: KnownIds,
): Record<string, unknown> {
  return Object.fromEntries(
    field.args
      .filter(({ type }) => isNonNullType(type))
      .map(({ name, type }) => [name, ordinary(type, name, field.name, ids, true)]),
  );
}

/** Every case of a field: each leaf of its arguments, present or not, with each hostile value of its type. */
export function hostileCases(field: GraphQLField<unknown, unknown>, ids: KnownIds): HostileCase[] {
  const base = ordinaryArguments(field, ids);
  return leavesOf(field).flatMap(({ path, type }) => [
    ...(HOSTILE[type] ?? []).map((value) => changed(field, base, path, value, ids)),
    ...(typeof path.at(-1) === 'number'
      ? [
          changed(field, base, path.slice(0, -1), [], ids),
          changed(field, base, path.slice(0, -1), many(type), ids),
        ]
      : []),
  ]);
}

/** Cases that the graph's types refuse, each to be sent alone: nothing of its operation runs. */
export function wronglyTypedCases(field: GraphQLField<unknown, unknown>, ids: KnownIds): HostileCase[] {
  const base = ordinaryArguments(field, ids);
  return leavesOf(field).map(({ path }, index) =>
    changed(field, base, path, OTHER_TYPES[index % OTHER_TYPES.length], ids),
  );
}

function many(type: string): readonly unknown[] {
  return Array.from({ length: 300 }, () => ORDINARY[type] ?? null);
}

function changed(
  field: GraphQLField<unknown, unknown>,
  base: Readonly<Record<string, unknown>>,
  path: Leaf['path'],
  value: unknown,
  ids: KnownIds,
): HostileCase {
  const variables = structuredClone(base) as Record<string, unknown>;
  let type: GraphQLInputType | undefined;
  let place: Record<string | number, unknown> = variables;
  path.forEach((part, index) => {
    const fields = index === 0 ? field.args : inputFields(type);
    type = typeof part === 'number' ? itemOf(type) : fields.find(({ name }) => name === part)?.type;
    if (index === path.length - 1) {
      Object.defineProperty(place, part, { value, enumerable: true, writable: true, configurable: true });
      return;
    }
    place[part] ??= type && ordinary(type, String(part), field.name, ids, true);
    place = place[part] as Record<string | number, unknown>;
  });
  return { field, variables, what: `${path.join('.')} = ${JSON.stringify(value)?.slice(0, 60)}` };
}

function leavesOf(field: GraphQLField<unknown, unknown>): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (type: GraphQLInputType, path: Leaf['path']): void => {
    if (isNonNullType(type)) visit(type.ofType, path);
    else if (isListType(type)) visit(type.ofType, [...path, 0]);
    else if (isInputObjectType(type)) {
      // An input may hold itself.
      if (path.length > 6) return;
      for (const each of Object.values(type.getFields())) visit(each.type, [...path, each.name]);
    } else if (!isEnumType(type)) leaves.push({ path, type: type.name });
  };
  for (const { name, type } of field.args) visit(type, [name]);
  return leaves;
}

function inputFields(type: GraphQLInputType | undefined) {
  const named = type && getNamedType(type);
  return isInputObjectType(named) ? Object.values(named.getFields()) : [];
}

function itemOf(type: GraphQLInputType | undefined): GraphQLInputType | undefined {
  const plain = isNonNullType(type) ? type.ofType : type;
  return isListType(plain) ? plain.ofType : undefined;
}

function ordinary(
  type: GraphQLInputType,
  name: string,
  fieldName: string,
  ids: KnownIds,
  required: boolean,
): unknown {
  if (isNonNullType(type)) return ordinary(type.ofType, name, fieldName, ids, required);
  if (isListType(type)) return [ordinary(type.ofType, name.replace(/s$/, ''), fieldName, ids, required)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((each) => isNonNullType(each.type) && each.defaultValue === undefined)
        .map((each) => [each.name, ordinary(each.type, each.name, fieldName, ids, required)]),
    );
  }
  if (type.name === 'ID') return idFor(name, fieldName, ids) ?? ORDINARY['ID'];
  return (type.name === 'String' && TEXT_BY_NAME[name]) || ORDINARY[type.name];
}

/** `eventId` is an event's, and so is the `id` of `event`, `pauseTicketClass` … */
function idFor(name: string, fieldName: string, ids: KnownIds): string | undefined {
  const wanted = (name === 'id' ? fieldName : name.replace(/Id$/, '')).toLowerCase();
  return Object.entries(ids).find(([kind]) => wanted.endsWith(kind.toLowerCase()))?.[1];
}
