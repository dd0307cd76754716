import type { Identity } from '@foyer/platform';
import { GraphQLError } from 'graphql';
import { createTopic, type Topic } from './topic.js';

/** A made-up subgraph: schema with its federation link, and resolvers. */
export interface MadeUpSubgraph {
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a resolver of a made-up subgraph knows of the request. */
interface Context {
  readonly identity: Identity;
}

/** A library, made up for tests: nothing of it is Foyer's, because the gateway runs any supergraph. */
export interface Library {
  readonly subgraphs: Readonly<Record<'books' | 'authors' | 'readers', MadeUpSubgraph>>;
  /** Operations that reached a subgraph's resolvers, in order: `books.book`. */
  readonly calls: string[];
  /** Loans per person: what one reader's subscription shows, and another's must not. */
  readonly loans: Topic<{ readonly reader: string; readonly book: string; readonly number: number }>;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy", "@external", "@requires", "@inaccessible"])`;

const BOOKS: Readonly<
  Record<string, { id: string; title: string; author: string; kind: string; pages: number }>
> = {
  b1: { id: 'b1', title: 'Waves', author: 'a1', kind: 'Novel', pages: 300 },
  b2: { id: 'b2', title: 'Atlas', author: 'a2', kind: 'Atlas', pages: 80 },
};

/** Makes the library. */
export function createLibrary(): Library {
  const calls: string[] = [];
  const loans = createTopic<{ reader: string; book: string; number: number }>();
  const called = (name: string): void => {
    calls.push(name);
  };
  const typed = (id: string) => {
    const book = BOOKS[id];
    return book ? { __typename: book.kind, ...book } : null;
  };

  const books: MadeUpSubgraph = {
    sdl: `${LINK}
      scalar Shelf @authenticated @specifiedBy(url: "https://shelves.test")
      enum Rating @requiresScopes(scopes: [["rating:read"]]) { GOOD BAD }
      type Query {
        book(id: ID!): Book
        books: [Book!]!
        rare: Vault
        ratings: [Rating!]
        shelf: Shelf
        fail: String
        failOnPurpose: String
        slow: String
      }
      type Mutation {
        rename(id: ID!, title: String!): String
        burn(id: ID!): String @authenticated
      }
      type Subscription {
        loans(of: ID): Loan
        secretLoans: Loan @requiresScopes(scopes: [["loan:read-any"]])
        brokenLoans: Loan!
      }
      interface Book @key(fields: "id") { id: ID! title: String! author: Author pages: Int! }
      type Novel implements Book @key(fields: "id") { id: ID! title: String! author: Author pages: Int! plot: String @authenticated }
      type Atlas implements Book @key(fields: "id") { id: ID! title: String! author: Author pages: Int! maps: Int }
      type Vault @authenticated { code: String! owner: String! @requiresScopes(scopes: [["vault:own", "vault:read"], ["admin"]]) }
      type Author @key(fields: "id", resolvable: false) { id: ID! }
      type Loan @key(fields: "number") { number: Int! book: Book readBy: Reader! }
      type Reader @key(fields: "id", resolvable: false) { id: ID! }
    `,
    resolvers: {
      Query: {
        book: (_: unknown, { id }: { id: string }) => {
          called('books.book');
          return typed(id);
        },
        books: () => {
          called('books.books');
          return Object.keys(BOOKS).map(typed);
        },
        rare: () => ({ code: '1234', owner: 'the king' }),
        ratings: () => ['GOOD'],
        shelf: () => 'A7',
        fail: () => {
          throw new Error('password=hunter2 at 10.0.0.7');
        },
        failOnPurpose: () => {
          throw new GraphQLError('Not today.', { extensions: { code: 'CLOSED' } });
        },
        slow: () => new Promise((resolve) => setTimeout(resolve, 60_000).unref()),
      },
      Mutation: {
        rename: (_: unknown, { title }: { title: string }) => {
          called('books.rename');
          return title;
        },
        burn: () => {
          called('books.burn');
          return 'ashes';
        },
      },
      Subscription: {
        loans: {
          subscribe: (_: unknown, { of }: { of?: string }, { identity }: Context) => {
            called('books.loans');
            const reader = of ?? (identity.kind === 'user' ? identity.userId : 'nobody');
            return loans.follow((loan) => loan.reader === reader);
          },
          resolve: loanOf,
        },
        secretLoans: { subscribe: () => loans.follow(() => true), resolve: loanOf },
        brokenLoans: {
          subscribe: () => loans.follow(() => true),
          resolve: () => {
            throw new GraphQLError('The catalogue is wet.', { extensions: { code: 'WET' } });
          },
        },
      },
      Book: { __resolveReference: ({ id }: { id: string }) => typed(id) },
      Novel: {
        author: authorOf,
        plot: () => 'Somebody sails.',
        __resolveReference: ({ id }: { id: string }) => typed(id),
      },
      Atlas: { author: authorOf, maps: () => 12, __resolveReference: ({ id }: { id: string }) => typed(id) },
      Loan: { __resolveReference: (loan: object) => loan },
    },
  };

  const authors: MadeUpSubgraph = {
    sdl: `${LINK}
      type Query { author(id: ID!): Author whoAmI: String! }
      type Author @key(fields: "id") { id: ID! name: String! salary: Int @requiresScopes(scopes: [["salary:read"]]) address: String @policy(policies: [["kin"]]) }
    `,
    resolvers: {
      Query: {
        author: (_: unknown, { id }: { id: string }) => ({ id }),
        whoAmI: (_: unknown, _arguments: unknown, { identity }: Context) =>
          identity.kind === 'user' ? identity.userId : identity.kind,
      },
      Author: {
        __resolveReference: (author: object) => {
          called('authors.reference');
          return author;
        },
        name: ({ id }: { id: string }) => (id === 'a1' ? 'Ada' : 'Ben'),
        salary: () => 100,
        address: () => 'Sea Street',
      },
    },
  };

  const readers: MadeUpSubgraph = {
    sdl: `${LINK}
      type Query { reader(id: ID!): Reader readers: [Reader!]! }
      type Reader @key(fields: "id") { id: ID! name: String! card: String! @authenticated shy: String }
      type Loan @key(fields: "number") { number: Int! due: String must: String! }
    `,
    resolvers: {
      Query: {
        reader: (_: unknown, { id }: { id: string }) => ({ id }),
        readers: () => [{ id: 'r1' }, { id: 'r2' }],
      },
      Reader: {
        __resolveReference: (reader: object) => {
          called('readers.reference');
          return reader;
        },
        name: ({ id }: { id: string }) => `Reader ${id}`,
        card: ({ id }: { id: string }) => `card of ${id}`,
      },
      Loan: {
        __resolveReference: (loan: object) => loan,
        due: ({ number }: { number: number }) => `day ${number}`,
        must: () => null,
      },
    },
  };
  return { subgraphs: { books, authors, readers }, calls, loans };
}

function authorOf({ author }: { author: string }): object {
  return { id: author };
}

function loanOf({ number, book, reader }: { number: number; book: string; reader: string }): object {
  const found = BOOKS[book];
  return { number, book: found ? { __typename: found.kind, ...found } : null, readBy: { id: reader } };
}
