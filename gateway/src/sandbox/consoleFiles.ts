import { dirname, join } from 'node:path';

/** A file that a console needs. */
export interface ConsoleFile {
  readonly path: string;
  readonly type: string;
}

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';
const PAGES = join(__dirname, '..', '..', 'pages');

/** The files under `/consoles/`, by name: our own pages' and those of npm packages, so that nothing comes from elsewhere. */
export const CONSOLE_FILES: Readonly<Record<string, ConsoleFile>> = {
  'console.css': { path: join(PAGES, 'console.css'), type: STYLE },
  'sandbox.js': { path: join(PAGES, 'sandbox.js'), type: SCRIPT },
  'graphiql.js': { path: join(PAGES, 'graphiql.js'), type: SCRIPT },
  'graphiql.min.js': { path: inPackage('graphiql', 'graphiql.min.js'), type: SCRIPT },
  'graphiql.min.css': { path: inPackage('graphiql', 'graphiql.min.css'), type: STYLE },
  'react.production.min.js': { path: inPackage('react', 'umd/react.production.min.js'), type: SCRIPT },
  'react-dom.production.min.js': {
    path: inPackage('react-dom', 'umd/react-dom.production.min.js'),
    type: SCRIPT,
  },
  'graphql-ws.min.js': { path: inPackage('graphql-ws', 'umd/graphql-ws.min.js'), type: SCRIPT },
};

/** A console's page. */
export function consolePage(name: 'sandbox' | 'graphiql'): string {
  return join(PAGES, `${name}.html`);
}

/** A file of an installed package, also where its `exports` do not name it. */
function inPackage(name: string, file: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), file);
}
