import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERMISSIONS, permissionsOf, ROLES } from '@foyer/platform';

const DOCUMENT = join(__dirname, '..', '..', '..', 'docs', 'permissions.md');

/** The table as docs/permissions.md shows it. */
function permissionTable(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const all = ROLES.flatMap((role) => [...PERMISSIONS[role]]);
  return [
    row(['Permission', ...ROLES]),
    row(['---', ...ROLES.map(() => ':-:')]),
    ...all.map((permission) =>
      row([
        `\`${permission}\``,
        ...ROLES.map((role) => (permissionsOf(role).includes(permission) ? '✓' : '–')),
      ]),
    ),
  ].join('\n');
}

describe('docs/permissions.md', () => {
  it('shows the permissions that the code knows', () => {
    const [, shown] =
      /<!-- permissions -->\n\n([^]*?)\n\n<!-- \/permissions -->/.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
    expect(shown).toBe(permissionTable());
  });
});
