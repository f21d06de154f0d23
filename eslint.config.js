import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** What plain Node scripts may use without importing it. */
const nodeGlobals = Object.fromEntries(
  ['process', 'console', 'Buffer', 'URL', 'performance', 'setTimeout', 'clearTimeout', 'structuredClone'].map(
    (name) => [name, 'readonly'],
  ),
);

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'dist-dev/',
      'docs/api/',
      'node_modules/',
      'demo-out/',
      'eval-out/',
      'bench/out/',
      'samples/photos/',
      'models/*/*.cjs',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A promise nobody waits for is an error nobody sees: fail closed begins here.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/strict-boolean-expressions': [
        'error',
        // A number that may be absent is compared, never tested: 0 is a score and an offset.
        { allowNullableNumber: false, allowNullableString: true, allowNullableBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      // The index is known to be right after a bounds check; noUncheckedIndexedAccess makes it be said.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // process.env and decoded JSON are read by literal key on purpose.
      '@typescript-eslint/dot-notation': 'off',
      // Pixel loops need the index.
      '@typescript-eslint/prefer-for-of': 'off',
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-control-regex': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'No network call is made at run time.' },
        { name: 'XMLHttpRequest', message: 'No network call is made at run time.' },
        { name: 'WebSocket', message: 'No network call is made at run time.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Use src/core/random.ts.' },
      ],
    },
  },
  {
    // The page's calls to its own server on the loopback address, all in one file.
    files: ['src/review/web/state/api-client.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // Tools of developers: they print, they measure, and they index what they have just made.
    files: ['{bench,evaluation,scripts,training}/**/*.ts'],
    rules: {
      'no-console': 'off',
      'no-restricted-properties': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.test.ts', 'tests/**/*.ts'],
    rules: {
      // Tests index what they have just asserted.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/strict-boolean-expressions': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-restricted-properties': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '*.js'],
    extends: [tseslint.configs.recommended],
    languageOptions: { globals: { ...nodeGlobals, module: 'writable' } },
    rules: {
      'no-undef': 'error',
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  prettier,
);
