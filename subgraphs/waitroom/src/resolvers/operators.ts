import type { OrganizationRight } from '@foyer/kafka';

/** Who operates a line: members of its organization with these roles, and staff. */
export const OPERATORS = {
  roles: ['OWNER', 'ADMIN', 'EDITOR'],
  orPermission: 'waitroom:operate-any',
} as const satisfies Pick<OrganizationRight, 'roles' | 'orPermission'>;
