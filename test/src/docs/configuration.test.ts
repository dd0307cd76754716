import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** Variables that shipped code reads by name. */
function variablesOfCode(): readonly string[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    cwd: ROOT,
  })
    .toString()
    .split('\n')
    .filter(
      (file) =>
        /^(gateway|kafka|platform|system|subgraphs)\//.test(file) && !/\.test\.ts$|\/testing\//.test(file),
    )
    // Deleted, and not committed yet.
    .filter((file) => existsSync(resolve(ROOT, file)));
  const names = files.flatMap((file) => {
    const text = readFileSync(resolve(ROOT, file), 'utf8');
    return [...text.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].flatMap(([, name]) => name ?? []);
  });
  const prefixes =
    /^(FOYER|GATEWAY|USERS|CATALOG|INVENTORY|ORDERS|PAYMENTS|NOTIFICATIONS|WAITROOM|BUS|KAFKA|MESSAGING|REDIS|SMTP)_|^(MAIL_FROM|SUBGRAPH_TIMEOUT_MS)$/;
  return [...new Set(names.filter((name) => prefixes.test(name)))].sort();
}

describe('docs/configuration.md', () => {
  const page = readFileSync(resolve(ROOT, 'docs/configuration.md'), 'utf8');

  it('names every variable that the code reads', () => {
    expect(variablesOfCode().filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('names no variable that the code does not read', () => {
    const read = new Set(variablesOfCode());
    const built = /_(PORT|URL)$/;
    const named = [...page.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)].flatMap(([, name]) => name ?? []);
    const general = ['NODE_ENV', 'LOG_LEVEL'];
    expect(named.filter((name) => !read.has(name) && !built.test(name) && !general.includes(name))).toEqual(
      [],
    );
  });
});
