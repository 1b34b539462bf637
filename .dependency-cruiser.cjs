/**
 * The walls of the house (docs: CONTRIBUTING.md, folder map). `npm run check` fails when one is broken. Paths are
 * relative to the repository; tests may reach further than what they test.
 */
/** Tests and what only tests use: testing.ts, contracts, harnesses and fakes, and the suites of src/guarantees. */
const test = ['\\.(test|contract)\\.tsx?$', '/(testing|harness|fake-)[^/]*\\.tsx?$', '^src/guarantees/']

/**
 * Pure modules: the same on a device, on the server and in a test, so no I/O, no clock, no DOM, no Node. In a
 * capability that is every file outside its server/ and web/ rooms; in the platform, core/ and records/; above
 * both, the registry that device and server share.
 */
const pure = [
  '^src/platform/(core|records)/',
  '^src/capabilities/[^/]+/(?!server/|web/)',
  '^src/registry\\.ts$',
]

module.exports = {
  forbidden: [
    {
      name: 'pure-modules-import-no-io',
      comment:
        'Rules, records, models and policies are pure: they import pure modules of ours and pure libraries only.',
      severity: 'error',
      from: { path: pure, pathNot: test },
      to: {
        pathNot: [
          ...pure,
          '^node_modules/(zod|temporal-polyfill|temporal-utils|temporal-spec|rrule-temporal|@noble/hashes|canonicalize|@hpke/core|csv-parse|saxes|d3-[a-z]+|@types/d3-[a-z]+)/',
        ],
      },
    },
    {
      name: 'web-never-imports-server',
      comment: 'The web talks to the server over HTTP; what both need is pure and lives outside both rooms.',
      severity: 'error',
      from: {
        path: ['^src/platform/web/', '^src/capabilities/[^/]+/web/', '^src/web\\.tsx$'],
        pathNot: test,
      },
      to: {
        path: [
          '^src/platform/server/',
          '^src/capabilities/[^/]+/server/',
          '^src/(?!registry)[^/]+\\.ts$',
          '^src/demo/',
        ],
      },
    },
    {
      name: 'server-never-imports-web',
      comment: 'Node strips types but does not compile JSX, and a page has no place in a server.',
      severity: 'error',
      from: {
        path: [
          '^src/platform/server/',
          '^src/capabilities/[^/]+/server/',
          '^src/(?!registry)[^/]+\\.ts$',
          '^src/demo/',
        ],
        pathNot: test,
      },
      to: { path: ['^src/platform/web/', '^src/capabilities/[^/]+/web/', '^src/web\\.tsx$', '\\.tsx$'] },
    },
    {
      name: 'nothing-the-server-reaches-is-jsx',
      comment: 'Not even by a detour: Node cannot load it.',
      severity: 'error',
      from: { path: '^src/(server|cli)\\.ts$' },
      to: { path: '\\.tsx$', reachable: true },
    },
    {
      name: 'platform-knows-no-capability',
      comment: 'Adding a capability changes nothing in the platform; the front doors compose the two.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: test },
      to: { path: '^src/(capabilities|demo)/' },
    },
    {
      name: 'capabilities-keep-out-of-each-others-rooms',
      comment:
        'A capability uses another one through its records, rules and models, never its server/ or web/.',
      severity: 'error',
      from: { path: '^src/capabilities/([^/]+)/' },
      to: { path: '^src/capabilities/[^/]+/(server|web)/', pathNot: '^src/capabilities/$1/' },
    },
    {
      name: 'product-imports-no-test-code',
      severity: 'error',
      comment: 'What ships does not lean on tests, benchmarks or scripts.',
      from: { path: '^src/', pathNot: test },
      to: { path: [...test, '^(scripts|e2e|bench|fuzz)/'] },
    },
    {
      name: 'no-cycles',
      comment: 'At run time; types may refer to each other.',
      severity: 'error',
      from: { path: '^(src|scripts|e2e|bench|fuzz)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-declared-dependencies',
      comment: 'A package that is not in package.json can vanish with the next install.',
      severity: 'error',
      from: { path: '^(src|scripts|e2e|bench|fuzz)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      // Catalogues are resolved by the build.
      to: { couldNotResolve: true, pathNot: '\\.po$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // Without these, packages that only have an exports map do not resolve.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
