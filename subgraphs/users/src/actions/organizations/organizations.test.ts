import { newId } from '@foyer/platform';
import {
  createTestUsers,
  type Answer,
  type TestPerson,
  type TestUsers,
} from '../../testing/createTestUsers.js';

const REFUSAL = `... on Refusal { code }`;
const ORGANIZATION = `__typename ${REFUSAL} ... on OrganizationPayload { organization { id name verified } }`;
const MEMBERSHIP = `__typename ${REFUSAL} ... on MembershipPayload { membership { role listingIds user { id name email } organization { id } } }`;
const INVITATION = `__typename ${REFUSAL} ... on InvitationPayload { invitation { id email role listingIds } }`;
const OPERATIONS = {
  create: `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { ${ORGANIZATION} } }`,
  rename: `mutation ($input: RenameOrganizationInput!) { renameOrganization(input: $input) { ${ORGANIZATION} } }`,
  verify: `mutation ($input: VerifyOrganizationInput!) { verifyOrganization(input: $input) { ${ORGANIZATION} } }`,
  remove: `mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { ${ORGANIZATION} } }`,
  handOver: `mutation ($input: HandOverOrganizationInput!) { handOverOrganization(input: $input) { ${ORGANIZATION} } }`,
  change: `mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { ${MEMBERSHIP} } }`,
  invite: `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { ${INVITATION} } }`,
};

describe('organizations', () => {
  let users: TestUsers;
  let owner: TestPerson;
  let other: TestPerson;
  let organizationId: string;

  beforeEach(async () => {
    users = await createTestUsers({}, 2);
    owner = await users.person('Owner');
    other = await users.person('Other');
    const made = await act(owner, 'create', { name: ' Saigon Sounds ' });
    organizationId = (made['organization'] as { id: string }).id;
  });

  afterEach(async () => {
    await users.stop();
  });

  const act = (as: TestPerson, operation: keyof typeof OPERATIONS, input: object): Promise<Answer> =>
    users.one(as.accessToken, OPERATIONS[operation], { input });

  async function invite(
    as: TestPerson,
    email: string,
    role: string,
    listingIds?: readonly string[],
  ): Promise<string> {
    const answer = await act(as, 'invite', { organizationId, email, role, listingIds });
    expect(answer.__typename).toBe('InvitationPayload');
    const sent = await users.events<{ sealedToken: string }>('organization.invitation-created');
    return users.sealer.open('organization-invitation', sent.at(-1)?.data.sealedToken ?? '');
  }

  const accept = (as: TestPerson, token: string): Promise<Answer> =>
    users.one(
      as.accessToken,
      `mutation ($token: String!) { acceptInvitation(token: $token) { ${MEMBERSHIP} } }`,
      { token },
    );

  const withdraw = (as: TestPerson, id: string): Promise<Answer> =>
    users.one(as.accessToken, `mutation ($id: ID!) { withdrawInvitation(id: $id) { ${INVITATION} } }`, {
      id,
    });

  async function join(person: TestPerson, role: string): Promise<void> {
    expect((await accept(person, await invite(owner, person.email, role))).__typename).toBe(
      'MembershipPayload',
    );
  }

  it('is made with its owner', async () => {
    expect(await users.events('organization.created')).toMatchObject([
      { data: { organizationId, name: 'Saigon Sounds', verified: false }, aggregateversion: 1 },
    ]);
    expect(await users.events('organization.member-added')).toMatchObject([
      {
        data: { organizationId, userId: owner.userId, role: 'OWNER', listingIds: null },
        aggregateversion: 2,
      },
    ]);
    expect(await act(owner, 'create', { name: '' })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is renamed by its managers and verified by staff', async () => {
    const admin = await users.person('Admin', 'ADMIN');
    expect(await act(owner, 'rename', { organizationId, name: 'Saigon Nights' })).toMatchObject({
      organization: { name: 'Saigon Nights' },
    });
    expect(await act(admin, 'verify', { organizationId })).toMatchObject({
      organization: { verified: true },
    });
    expect(await act(admin, 'verify', { organizationId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    await expect(act(owner, 'verify', { organizationId })).rejects.toThrow('FORBIDDEN');
    expect(await users.events('organization.updated')).toMatchObject([
      { data: { name: 'Saigon Nights', verified: false } },
      { data: { name: 'Saigon Nights', verified: true } },
    ]);
  });

  it('does not exist for others', async () => {
    for (const [operation, input] of [
      ['rename', { name: 'Mine' }],
      ['invite', { email: 'x@example.com', role: 'DOOR' }],
      ['change', { userId: owner.userId, role: 'DOOR' }],
      ['remove', { userId: owner.userId }],
      ['handOver', { userId: other.userId }],
    ] as const) {
      const foreign = await act(other, operation, { organizationId, ...input });
      const unknown = await act(other, operation, { organizationId: newId(), ...input });
      expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
      expect(foreign).toEqual(unknown);
      expect(await act(other, operation, { organizationId: 'x', ...input })).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    await invite(owner, 'x@example.com', 'DOOR');
    const { rows } = await users.pool.query<{ id: string }>('select id from invitation');
    expect(await withdraw(other, rows[0]?.id ?? '')).toMatchObject({ code: 'NOT_FOUND' });
    const seen = `{ organization(id: "${organizationId}") { id } me { memberships { edges { cursor } } } }`;
    expect(await users.ask(other.accessToken, seen)).toEqual({
      organization: null,
      me: { memberships: { edges: [] } },
    });
    const entities = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Organization { name verified createdAt myMembership { role } members { edges { cursor } } invitations { edges { cursor } } }
      ... on User { id person: name email phone role active sessions { edges { cursor } } memberships { edges { cursor } } } } }`;
    const of = [
      { __typename: 'Organization', id: organizationId },
      { __typename: 'User', id: owner.userId },
    ];
    expect(await users.one(other.accessToken, entities, { of })).toEqual([
      {
        name: 'Saigon Sounds',
        verified: false,
        createdAt: null,
        myMembership: null,
        members: null,
        invitations: null,
      },
      {
        id: owner.userId,
        person: null,
        email: null,
        phone: null,
        role: null,
        active: null,
        sessions: null,
        memberships: null,
      },
    ]);
  });

  it('invites, withdraws, and takes in whom it invited, once', async () => {
    const listing = newId();
    const first = await invite(owner, ' OTHER@example.com', 'DOOR', [listing]);
    users.clock.advance(86_400_000);
    owner = { ...owner, ...(await users.login(owner.email)) };
    other = { ...other, ...(await users.login(other.email)) };
    const second = await invite(owner, 'other@example.com', 'DOOR', [listing]);
    expect((await accept(other, first)).code).toBe('MAIL_TOKEN_REFUSED');
    expect((await accept(owner, second)).code).toBe('NOT_PERMITTED');
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(other, second)));
    for (const answer of answers) {
      expect(answer).toMatchObject({
        membership: { role: 'DOOR', listingIds: [listing], user: { id: other.userId, name: 'Other' } },
      });
    }
    const added = await users.events('organization.member-added');
    expect(added).toHaveLength(2);
    expect(added[1]).toMatchObject({ data: { userId: other.userId, role: 'DOOR', listingIds: [listing] } });
    expect(await act(owner, 'invite', { organizationId, email: other.email, role: 'EDITOR' })).toMatchObject({
      code: 'NOT_IN_STATE',
    });
    expect((await accept(other, 'made up')).code).toBe('MAIL_TOKEN_REFUSED');
  });

  it('tells somebody once of what they have not answered, also when it changes', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        act(owner, 'invite', {
          organizationId,
          email: other.email,
          role: index % 2 === 0 ? 'DOOR' : 'VIEWER',
        }),
      ),
    );
    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['InvitationPayload']));
    await act(owner, 'invite', { organizationId, email: other.email, role: 'EDITOR' });
    const sent = await users.events<{ sealedToken: string }>('organization.invitation-created');
    expect(sent).toHaveLength(1);
    const token = users.sealer.open('organization-invitation', sent[0]?.data.sealedToken ?? '');
    expect(await accept(other, token)).toMatchObject({ membership: { role: 'EDITOR' } });
  });

  it('does not tell somebody again and again by taking invitations back', async () => {
    const codes: unknown[] = [];
    for (let again = 0; again < 12; again += 1) {
      const answer = await act(owner, 'invite', { organizationId, email: other.email, role: 'DOOR' });
      codes.push(answer.code);
      const { id = '' } = (answer['invitation'] ?? {}) as { id?: string };
      if (id !== '') await withdraw(owner, id);
    }
    // Each of the two processes counts for itself here.
    expect(codes.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(2);
    expect((await users.events('organization.invitation-created')).length).toBeLessThanOrEqual(10);
  });

  it('lets an invitation lapse, and be taken back', async () => {
    const lapsing = await invite(owner, other.email, 'VIEWER');
    users.clock.advance(7 * 86_400_000);
    owner = { ...owner, ...(await users.login(owner.email)) };
    other = { ...other, ...(await users.login(other.email)) };
    expect((await accept(other, lapsing)).code).toBe('MAIL_TOKEN_REFUSED');
    const withdrawn = await invite(owner, other.email, 'VIEWER');
    const listed = `{ organization(id: "${organizationId}") { invitations { edges { node { id email } } } } }`;
    const open = (await users.one(owner.accessToken, listed)) as unknown as {
      invitations: { edges: { node: { id: string } }[] };
    };
    expect(open.invitations.edges).toMatchObject([{ node: { email: other.email } }]);
    expect((await withdraw(owner, open.invitations.edges[0]?.node.id ?? '')).__typename).toBe(
      'InvitationPayload',
    );
    expect((await accept(other, withdrawn)).code).toBe('MAIL_TOKEN_REFUSED');
    expect(await users.one(owner.accessToken, listed)).toEqual({ invitations: { edges: [] } });
  });

  it('lets only managers manage, and only owners touch owners', async () => {
    const third = await users.person('Third');
    await join(other, 'EDITOR');
    await join(third, 'ADMIN');
    for (const [operation, input] of [
      ['rename', { name: 'Mine' }],
      ['invite', { email: 'x@example.com', role: 'DOOR' }],
      ['change', { userId: other.userId, role: 'ADMIN' }],
      ['remove', { userId: third.userId }],
      ['handOver', { userId: other.userId }],
    ] as const) {
      expect(await act(other, operation, { organizationId, ...input })).toMatchObject({
        code: 'NOT_PERMITTED',
      });
    }
    expect(await act(third, 'change', { organizationId, userId: third.userId, role: 'OWNER' })).toMatchObject(
      { code: 'NOT_PERMITTED' },
    );
    expect(await act(third, 'change', { organizationId, userId: owner.userId, role: 'DOOR' })).toMatchObject({
      code: 'NOT_PERMITTED',
    });
    expect(
      await act(third, 'invite', { organizationId, email: 'x@example.com', role: 'OWNER' }),
    ).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await act(third, 'remove', { organizationId, userId: owner.userId })).toMatchObject({
      code: 'NOT_PERMITTED',
    });
    expect(
      await act(third, 'change', { organizationId, userId: other.userId, role: 'DOOR', listingIds: ['x'] }),
    ).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await act(third, 'change', { organizationId, userId: newId(), role: 'DOOR' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await act(third, 'change', { organizationId, userId: other.userId, role: 'DOOR' })).toMatchObject({
      membership: { role: 'DOOR' },
    });
    expect(await act(third, 'remove', { organizationId, userId: other.userId })).toMatchObject({
      __typename: 'OrganizationPayload',
    });
    expect(await users.events('organization.member-removed')).toMatchObject([
      { data: { organizationId, userId: other.userId } },
    ]);
    expect(await users.one(other.accessToken, `{ organization(id: "${organizationId}") { id } }`)).toBeNull();
  });

  it('keeps an owner of everything', async () => {
    await join(other, 'ADMIN');
    expect(await act(owner, 'remove', { organizationId, userId: owner.userId })).toMatchObject({
      code: 'LAST_OWNER',
    });
    expect(await act(owner, 'change', { organizationId, userId: owner.userId, role: 'ADMIN' })).toMatchObject(
      { code: 'LAST_OWNER' },
    );
    expect(
      await act(owner, 'change', {
        organizationId,
        userId: owner.userId,
        role: 'OWNER',
        listingIds: [newId()],
      }),
    ).toMatchObject({ code: 'LAST_OWNER' });
    expect(await act(owner, 'handOver', { organizationId, userId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await act(owner, 'handOver', { organizationId, userId: other.userId })).toMatchObject({
      __typename: 'OrganizationPayload',
    });
    expect(await users.events('organization.member-changed')).toMatchObject([
      { data: { userId: other.userId, role: 'OWNER' } },
      { data: { userId: owner.userId, role: 'ADMIN' } },
    ]);
    expect(await act(owner, 'remove', { organizationId, userId: owner.userId })).toMatchObject({
      __typename: 'OrganizationPayload',
    });
  });

  it('keeps one of two owners who leave at once, over two processes', async () => {
    for (let round = 0; round < 10; round += 1) {
      const made = await act(owner, 'create', { name: `Round ${String(round)}` });
      const id = (made['organization'] as { id: string }).id;
      await users.seeding.addMember({
        organizationId: id,
        userId: other.userId,
        role: 'OWNER',
        listingIds: null,
      });
      const answers = await Promise.all(
        [owner, other].map((each) => act(each, 'remove', { organizationId: id, userId: each.userId })),
      );
      expect(answers.map(({ code }) => code ?? 'LEFT').sort()).toEqual(['LAST_OWNER', 'LEFT']);
    }
  });
});
