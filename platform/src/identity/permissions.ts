/** Platform roles; each includes what stands before it. Roles in an organization are apart from these. */
export const ROLES = ['GUEST', 'USER', 'MANAGER', 'ADMIN'] as const;

/** A platform role. */
export type Role = (typeof ROLES)[number];

/**
 * The one table of platform permissions, `resource:action`: what each role adds to the one before. Scopes of an access
 * token and of `@requiresScopes` are these. docs/permissions.md shows it; a test keeps the two alike.
 */
export const PERMISSIONS = {
  GUEST: ['event:read', 'availability:read'],
  USER: [
    'profile:manage',
    'session:manage',
    'organization:create',
    'waitroom:join',
    'order:place',
    'order:read',
    'ticket:transfer',
    'notification:read',
  ],
  MANAGER: [
    'event:approve',
    'order:read-any',
    'order:refund-any',
    'payment:read-any',
    'user:read',
    'saga:read',
    'saga:resolve',
    'waitroom:operate-any',
    'delivery:read',
  ],
  ADMIN: ['user:manage', 'role:manage', 'organization:verify', 'template:edit'],
} as const satisfies Record<Role, readonly string[]>;

/** A platform permission. */
export type Permission = (typeof PERMISSIONS)[Role][number];

/** Every permission of a role, those of lower roles included. */
export function permissionsOf(role: Role): readonly Permission[] {
  return ROLES.slice(0, ROLES.indexOf(role) + 1).flatMap((each) => [...PERMISSIONS[each]]);
}
