/** The schema of `counterProgram`: every field gives the id of the process that answers. */
export const COUNTER_SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
  type Query { by: Int! }
  type Mutation { add: Int! }
  type Subscription { by: Int! }
`;
