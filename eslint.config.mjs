import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { importLayers } from './scripts/eslint/importLayers.mjs';

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', '.foyer/', 'prisma/src/generated/', 'coverage/'] },
  {
    files: ['**/*.{mjs,js}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...Object.getOwnPropertyNames(globalThis),
          ...['require', 'module', 'exports', '__dirname'],
          ...['describe', 'test', 'expect', 'beforeAll', 'afterAll', 'beforeEach', 'afterEach', 'jest'],
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      eqeqeq: 'error',
      'no-undef': 'error',
      'no-unused-vars': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    // Scripts of pages, with the browser's globals and those of the libraries beside them.
    files: ['*/pages/**/*.js', 'subgraphs/*/pages/**/*.js'],
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { foyer: { rules: { 'import-layers': importLayers } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'foyer/import-layers': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // A function that returns what another void function returns is no confusion.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Counting characters by spreading a string is right: it counts code points.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // An implementation of an asynchronous port may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Knows nothing of what a closure or another turn of the event loop changes: `while (!stopped)`.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Our ports are objects of closures, written with method syntax; none uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.test.ts', 'test/src/e2e/suites/*.ts'],
    rules: {
      // expect.any() and its like are `any` by their types, and so is the JSON of an answer.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
