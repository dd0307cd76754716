import { relative, sep } from 'node:path';

import { ROOT } from '../paths.mjs';
import { judgeImport } from './layers.mjs';

/** ESLint rule: reports imports of every kind (import, export from, import(), require, types) that layers.mjs forbids. */
export const importLayers = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports go one way (DESIGN §1).' },
    schema: [],
    messages: { forbidden: '"{{specifier}}" is not for this file: {{reason}}' },
  },
  create(context) {
    const file = relative(ROOT, context.filename).split(sep).join('/');
    const judge = (node) => {
      if (typeof node?.value !== 'string') {
        return;
      }
      const reason = judgeImport(file, node.value);
      if (reason !== null) {
        context.report({ node, messageId: 'forbidden', data: { specifier: node.value, reason } });
      }
    };
    return {
      ImportDeclaration: ({ source }) => judge(source),
      ExportAllDeclaration: ({ source }) => judge(source),
      ExportNamedDeclaration: ({ source }) => judge(source),
      ImportExpression: ({ source }) => judge(source),
      TSExternalModuleReference: ({ expression }) => judge(expression),
      TSImportType: ({ source }) => judge(source),
      CallExpression: ({ callee, arguments: [first] }) => {
        if (callee.type === 'Identifier' && callee.name === 'require') {
          judge(first);
        }
      },
    };
  },
};
