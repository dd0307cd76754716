import type { MadeUpSubgraph } from './library.js';

/** Two made-up subgraphs with restrictions of every shape, for tests of authorization. */
export interface Vault {
  readonly subgraphs: Readonly<Record<'vault' | 'labels', MadeUpSubgraph>>;
  /** What reached the resolvers. */
  readonly calls: string[];
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@authenticated", "@requiresScopes", "@policy", "@external", "@requires"])`;

/** Makes the vault. */
export function createVault(): Vault {
  const calls: string[] = [];
  const note =
    <Value>(name: string, value: Value) =>
    (): Value => {
      calls.push(name);
      return value;
    };
  const people = [
    { id: 'p1', name: 'Ann', email: 'ann@example.test', code: 'c1' },
    { id: 'p2', name: 'Bob', email: 'bob@example.test', code: 'c2' },
  ];
  const crate = { __typename: 'Crate', id: 'i1', label: 'a crate', weight: 9 };
  const bag = { __typename: 'Bag', id: 'i2', label: 'a bag', weight: 1 };
  return {
    calls,
    subgraphs: {
      vault: {
        sdl: `${LINK}
          scalar Secret @authenticated
          enum Level @requiresScopes(scopes: [["level:read"]]) { LOW HIGH }
          type Query {
            open: String
            signedIn: String @authenticated
            scoped: String @requiresScopes(scopes: [["a", "b"], ["c"]])
            family: String @policy(policies: [["kin"]])
            both: String @authenticated @requiresScopes(scopes: [["c"]])
            secret: Secret
            level: Level
            chest: Chest
            mustChest: Chest!
            person: Person
            people: [Person!]!
            strictPeople: [StrictPerson!]!
            items: [Item!]!
            things: [Thing!]!
          }
          type Mutation { open: String close: String @authenticated forbidden: String @requiresScopes(scopes: [["c"]]) }
          type Chest @authenticated { gold: Int weight: Int! @requiresScopes(scopes: [["c"]]) }
          type Person @key(fields: "code") { id: ID! name: String email: String @authenticated code: ID @authenticated friend: Person }
          type StrictPerson { name: String email: String! @authenticated }
          interface Item { id: ID! label: String weight: Int }
          type Crate implements Item { id: ID! label: String weight: Int @authenticated lid: String }
          type Bag implements Item { id: ID! label: String weight: Int }
          union Thing = Chest | Bag | Crate
        `,
        resolvers: {
          Query: {
            open: note('open', 'open'),
            signedIn: note('signedIn', 'hello'),
            scoped: note('scoped', 'scoped'),
            family: note('family', 'family'),
            both: note('both', 'both'),
            secret: note('secret', 'xyz'),
            level: note('level', 'LOW'),
            chest: note('chest', { gold: 3, weight: 4 }),
            mustChest: note('mustChest', { gold: 3, weight: 4 }),
            person: note('person', { ...people[0], friend: people[1] }),
            people: note('people', people),
            strictPeople: note('strictPeople', people),
            items: note('items', [crate, bag]),
            things: note('things', [{ __typename: 'Chest', gold: 3, weight: 4 }, bag, crate]),
          },
          Mutation: {
            open: note('open!', 'opened'),
            close: note('close!', 'closed'),
            forbidden: note('forbidden!', 'no'),
          },
          Crate: { lid: () => 'oak' },
        },
      },
      labels: {
        sdl: `${LINK}
          type Query { labels: Int }
          type Person @key(fields: "code") { code: ID badge: String }
        `,
        resolvers: {
          Query: { labels: () => 1 },
          Person: { badge: ({ code }: { code: string }) => `badge of ${code}` },
        },
      },
    },
  };
}
