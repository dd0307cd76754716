import { InputCheck } from '@foyer/platform/domain';
import {
  checkListingIds,
  managesOrganization,
  mayAssign,
  ORGANIZATION_ROLES,
  ownsOrganization,
} from './organizationRoles.js';

const LISTING = '0197a000-0000-7000-8000-000000000001';
const all = (role: (typeof ORGANIZATION_ROLES)[number]) => ({ role, listingIds: null });
const limited = (role: (typeof ORGANIZATION_ROLES)[number]) => ({ role, listingIds: [LISTING] });

describe('roles in an organization', () => {
  it('lets OWNER and ADMIN of everything manage', () => {
    expect(ORGANIZATION_ROLES.filter((role) => managesOrganization(all(role)))).toEqual(['OWNER', 'ADMIN']);
    expect(ORGANIZATION_ROLES.filter((role) => managesOrganization(limited(role)))).toEqual([]);
    expect(ORGANIZATION_ROLES.filter((role) => ownsOrganization(all(role)))).toEqual(['OWNER']);
  });

  it('lets only owners decide who is owner', () => {
    expect(mayAssign(all('OWNER'), 'OWNER')).toBe(true);
    expect(mayAssign(all('ADMIN'), 'OWNER')).toBe(false);
    expect(mayAssign(all('ADMIN'), 'ADMIN')).toBe(true);
    expect(mayAssign(limited('OWNER'), 'DOOR')).toBe(false);
    expect(mayAssign(all('EDITOR'), 'DOOR')).toBe(false);
  });

  it.each([[[]], [Array.from({ length: 101 }, () => LISTING)], [['everything']]])(
    'refuses limits such as %.0s%#',
    (ids) => {
      expect(() => {
        checkListingIds(new InputCheck(), 'listingIds', ids).done();
      }).toThrow('listingIds');
    },
  );

  it('takes no limit, or a few listings', () => {
    checkListingIds(new InputCheck(), 'listingIds', null).done();
    checkListingIds(new InputCheck(), 'listingIds', [LISTING]).done();
  });
});
