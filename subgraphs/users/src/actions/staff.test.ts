import { newId } from '@foyer/platform';
import { createTestUsers, type Answer, type TestPerson, type TestUsers } from '../testing/createTestUsers.js';

const RESULT = `__typename ... on Refusal { code } ... on UserPayload { user { role active } }`;
const SET_ROLE = `mutation ($input: SetUserRoleInput!) { setUserRole(input: $input) { ${RESULT} } }`;
const DEACTIVATE = `mutation ($id: ID!) { deactivateUser(id: $id) { ${RESULT} } }`;
const REACTIVATE = `mutation ($id: ID!) { reactivateUser(id: $id) { ${RESULT} } }`;

describe('staff', () => {
  let users: TestUsers;
  let admin: TestPerson;
  let manager: TestPerson;
  let lan: TestPerson;

  beforeEach(async () => {
    users = await createTestUsers({}, 2);
    admin = await users.person('Admin', 'ADMIN');
    manager = await users.person('Manager', 'MANAGER');
    lan = await users.person('Lan');
  });

  afterEach(async () => {
    await users.stop();
  });

  const setRole = (as: TestPerson, userId: string, role: string): Promise<Answer> =>
    users.one(as.accessToken, SET_ROLE, { input: { userId, role } });

  it('changes roles, which ends the sessions that name the old one', async () => {
    expect(await setRole(admin, lan.userId, 'MANAGER')).toMatchObject({ user: { role: 'MANAGER' } });
    await expect(users.ask(lan.accessToken, '{ me { id } }')).rejects.toThrow('UNAUTHENTICATED');
    expect(await users.events('session.ended')).toMatchObject([
      { data: { sessionId: lan.sessionId, reason: 'ROLE_CHANGED' } },
    ]);
    const again = await users.login(lan.email);
    await users.ask(again.accessToken, '{ users { edges { node { id } } } }');
    expect(await setRole(admin, lan.userId, 'MANAGER')).toMatchObject({ __typename: 'UserPayload' });
    expect(await users.events('session.ended')).toHaveLength(1);
  });

  it('shuts an account: its sessions end and nobody logs in, until it is opened', async () => {
    expect(await users.one(admin.accessToken, DEACTIVATE, { id: lan.userId })).toMatchObject({
      user: { active: false },
    });
    await expect(users.ask(lan.accessToken, '{ me { id } }')).rejects.toThrow('UNAUTHENTICATED');
    await expect(users.login(lan.email)).rejects.toThrow('NOT_PERMITTED');
    await expect(users.login(lan.email, { password: 'Wrong-Harbour-71' })).rejects.toThrow(
      'WRONG_CREDENTIALS',
    );
    expect(await users.one(admin.accessToken, REACTIVATE, { id: lan.userId })).toMatchObject({
      user: { active: true },
    });
    await users.login(lan.email);
    const standing = await users.events<{ userId: string; active: boolean }>('user.updated');
    expect(standing.filter(({ subject }) => subject === lan.userId).map(({ data }) => data.active)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('lets nobody do what the role does not hold', async () => {
    for (const { accessToken } of [lan, manager]) {
      await expect(
        users.ask(accessToken, SET_ROLE, { input: { userId: lan.userId, role: 'ADMIN' } }),
      ).rejects.toThrow('FORBIDDEN');
      await expect(users.ask(accessToken, DEACTIVATE, { id: admin.userId })).rejects.toThrow('FORBIDDEN');
      await expect(users.ask(accessToken, REACTIVATE, { id: lan.userId })).rejects.toThrow('FORBIDDEN');
    }
    await expect(users.ask(lan.accessToken, '{ users { edges { cursor } } }')).rejects.toThrow('FORBIDDEN');
    await expect(users.ask(lan.accessToken, `{ user(id: "${admin.userId}") { id } }`)).rejects.toThrow(
      'FORBIDDEN',
    );
    await expect(
      users.ask({ kind: 'service', service: 'orders' }, DEACTIVATE, { id: lan.userId }),
    ).rejects.toThrow('FORBIDDEN');
    await expect(users.ask({ kind: 'guest', address: '' }, '{ me { id } }')).rejects.toThrow(
      'UNAUTHENTICATED',
    );
  });

  it('keeps an administrator', async () => {
    expect(await setRole(admin, admin.userId, 'USER')).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    expect(await users.one(admin.accessToken, DEACTIVATE, { id: admin.userId })).toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await users.one(admin.accessToken, '{ me { id } }');
  });

  it('keeps one of two administrators who demote each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = await users.person(`One${String(round)}`, 'ADMIN');
      const other = await users.person(`Other${String(round)}`, 'ADMIN');
      await users.pool.query(`update account set role = 'USER' where id <> all ($1)`, [
        [one.userId, other.userId],
      ]);
      const answers = await Promise.all(
        [setRole(one, other.userId, 'USER'), setRole(other, one.userId, 'USER')].map((each) =>
          each.catch(() => ({ code: 'UNAUTHENTICATED' })),
        ),
      );
      expect(answers.filter((answer) => !('code' in answer))).toHaveLength(1);
      expect((await users.pool.query(`select from account where role = 'ADMIN'`)).rowCount).toBe(1);
    }
  });

  it('names unknown accounts as such', async () => {
    expect(await setRole(admin, newId(), 'USER')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await setRole(admin, 'x', 'USER')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await users.one(admin.accessToken, DEACTIVATE, { id: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await users.ask(admin.accessToken, `{ user(id: "${newId()}") { id } }`)).toEqual({ user: null });
    expect(await users.ask(admin.accessToken, '{ user(id: "x") { id } }')).toEqual({ user: null });
  });

  it('searches accounts by a part of email or name, newest first, page by page', async () => {
    await users.seeding.createAccount({
      email: 'x_100%@example.com',
      password: 'Quiet-Harbour-71',
      name: 'Phạm THỊ Hoa',
    });
    const search = async (
      text: string | null,
      page: object = {},
    ): Promise<{ names: string[]; end: string; more: boolean }> => {
      const query = `query ($search: String, $first: Int, $after: String) { users(search: $search, first: $first, after: $after) {
        edges { node { name } } pageInfo { endCursor hasNextPage } } }`;
      const { edges, pageInfo } = (await users.one(manager.accessToken, query, {
        search: text,
        ...page,
      })) as unknown as {
        edges: { node: { name: string } }[];
        pageInfo: { endCursor: string; hasNextPage: boolean };
      };
      return {
        names: edges.map(({ node }) => node.name),
        end: pageInfo.endCursor,
        more: pageInfo.hasNextPage,
      };
    };
    expect((await search('thị')).names).toEqual(['Phạm THỊ Hoa']);
    expect((await search('_100%')).names).toEqual(['Phạm THỊ Hoa']);
    expect((await search('%')).names).toEqual(['Phạm THỊ Hoa']);
    expect((await search('LAN@')).names).toEqual(['Lan']);
    expect((await search('nobody')).names).toEqual([]);
    const first = await search(null, { first: 3 });
    expect(first).toMatchObject({ names: ['Phạm THỊ Hoa', 'Lan', 'Manager'], more: true });
    expect(await search(null, { first: 3, after: first.end })).toMatchObject({
      names: ['Admin'],
      more: false,
    });
    await expect(search('a\u0000b')).rejects.toThrow('INVALID_INPUT');
    await expect(search(null, { first: 101 })).rejects.toThrow('INVALID_INPUT');
  });
});
