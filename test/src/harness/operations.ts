/** Refusals, as every test wants them. */
export const REFUSAL = '__typename ... on Refusal { code message }';

/** What people of a story ask for. Each has one field, `answer`. */
export const OPERATIONS = {
  register: `mutation ($email: String!, $password: String!, $name: String!) {
    answer: register(input: { email: $email, password: $password, name: $name }) { ${REFUSAL} }
  }`,
  login: `mutation ($email: String!, $password: String!) {
    answer: login(input: { email: $email, password: $password, deviceName: "test" }) {
      ${REFUSAL} ... on LoginPayload { user { id } tokens { accessToken refreshToken } }
    }
  }`,
  createOrganization: `mutation ($name: String!) {
    answer: createOrganization(input: { name: $name }) { ${REFUSAL} ... on OrganizationPayload { organization { id } } }
  }`,
  createEvent: `mutation ($input: CreateEventInput!) {
    answer: createEvent(input: $input) { ${REFUSAL} ... on EventPayload { event { id status } } }
  }`,
  configureEvent: `mutation ($input: ConfigureEventInput!) {
    answer: configureEvent(input: $input) { ${REFUSAL} ... on EventPayload { event { id status } } }
  }`,
  approveEvent: `mutation ($id: ID!) {
    answer: approveEvent(eventId: $id) { ${REFUSAL} ... on EventPayload { event { id status } } }
  }`,
  publishEvent: `mutation ($id: ID!) {
    answer: publishEvent(eventId: $id) { ${REFUSAL} ... on EventPayload { event { id status } } }
  }`,
  cancelEvent: `mutation ($id: ID!) {
    answer: cancelEvent(eventId: $id, reason: "Rain") { ${REFUSAL} ... on EventPayload { event { id status } } }
  }`,
  createTicketClass: `mutation ($input: CreateTicketClassInput!) {
    answer: createTicketClass(input: $input) { ${REFUSAL} ... on TicketClassPayload { ticketClass { id } } }
  }`,
} as const;
