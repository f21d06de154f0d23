/**
 * The import rules of ARCHITECTURE.md, "Imports point one way":
 *
 *   cli → batch, review → pipeline → the steps → ocr, metadata, caption, utility → models → imaging → core
 *
 * A step is a folder of the flow: source, formats, detect, redact, fit, verify, risk, publish. Of another step it may
 * import only its door, contract.ts or index.ts.
 */
const STEPS = 'source|formats|detect|redact|fit|verify|risk|publish';
/** Files of a step that the pipeline's neighbours and other steps may see. */
const STEP_DOORS = '^src/([^/]+/(contract|index)|verify/declarations)\\.ts$';
/** Rooms above the steps, each with one door, index.ts, for whoever is outside: the tests and the tools too. */
const ROOMS_ABOVE = ['pipeline', 'batch', 'review/server'];
/** Helpers that several plugins of a family share; not plugins themselves. */
const SHARED = '^src/(formats/(isobmff|colour)|detect/network)/';
const TESTS = '\\.test\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^#|/dist/' },
    },
    {
      name: 'core-imports-core-only',
      severity: 'error',
      from: { path: '^src/core/', pathNot: TESTS },
      // zod has no I/O; what a finding may hold is said once, as a schema.
      to: { path: '^(src|node_modules)/', pathNot: '^(src/core|node_modules/zod)/' },
    },
    {
      name: 'words-know-findings-only',
      comment: 'They are bundled with the page: what there is to say, and nothing that says it.',
      severity: 'error',
      from: { path: '^src/words/', pathNot: TESTS },
      to: {
        path: '^(src|node_modules)/',
        pathNot: '^src/(core|words)/|^src/verify/declarations\\.ts$',
      },
    },
    {
      name: 'helpers-import-core-and-helpers-only',
      comment:
        'Models, metadata, ocr, captions and utility serve the steps and know none; of formats, metadata may see the contract.',
      severity: 'error',
      from: { path: '^src/(imaging|models|metadata|ocr|caption|utility)/', pathNot: TESTS },
      to: {
        path: '^src/',
        pathNot: '^src/(core|imaging|models|metadata|ocr|caption|utility)/|^src/formats/contract\\.ts$',
      },
    },
    {
      name: 'imaging-imports-core-only',
      severity: 'error',
      from: { path: '^src/imaging/', pathNot: TESTS },
      to: { path: '^src/', pathNot: '^src/(core|imaging)/' },
    },
    {
      name: 'models-import-core-and-imaging-only',
      severity: 'error',
      from: { path: '^src/models/', pathNot: TESTS },
      to: { path: '^src/', pathNot: '^src/(core|imaging|models)/' },
    },
    {
      name: 'a-step-sees-only-doors-of-other-steps',
      severity: 'error',
      from: { path: `^src/(${STEPS})/`, pathNot: TESTS },
      to: { path: `^src/(${STEPS})/`, pathNot: ['^src/$1/', STEP_DOORS] },
    },
    {
      name: 'steps-are-entered-by-their-doors',
      comment: 'But for the page, which has a rule of its own, and src/compose.ts, which chooses plugins.',
      severity: 'error',
      from: {
        path: '^src/(pipeline|batch|queue|review|cli|index\\.ts)',
        pathNot: ['^src/review/(web/|api\\.ts$)', TESTS],
      },
      to: { path: `^src/(${STEPS})/`, pathNot: STEP_DOORS },
    },
    ...ROOMS_ABOVE.map((room) => ({
      name: `${room.replace('/', '-')}-is-entered-by-its-door`,
      severity: 'error',
      from: { pathNot: `^src/${room}/` },
      to: { path: `(^src|dist)/${room}/`, pathNot: `/${room}/index\\.[jt]s$` },
    })),
    {
      name: 'a-step-imports-nothing-above',
      severity: 'error',
      from: { path: `^src/(${STEPS})/`, pathNot: TESTS },
      to: { path: '^src/(cli|batch|review|pipeline|compose\\.ts|index\\.ts)' },
    },
    {
      name: 'plugins-do-not-see-each-other',
      comment:
        'One folder in formats or detect knows its contract and its family’s shared files, not a sibling.',
      severity: 'error',
      from: { path: '^src/(formats|detect)/([^/]+)/', pathNot: TESTS },
      to: {
        path: '^src/$1/[^/]+/',
        pathNot: ['^src/$1/$2/', SHARED],
      },
    },
    {
      name: 'pipeline-imports-nothing-above',
      severity: 'error',
      from: { path: '^src/pipeline/', pathNot: TESTS },
      to: { path: '^src/(cli|batch|review|compose\\.ts|index\\.ts)' },
    },
    {
      name: 'pipeline-knows-no-plugin',
      comment: 'The pipeline works with contracts; src/compose.ts chooses what stands behind them.',
      severity: 'error',
      from: { path: '^src/pipeline/', pathNot: TESTS },
      to: { path: '^src/(formats|detect|redact/styles|verify/checks|models)/', pathNot: STEP_DOORS },
    },
    {
      name: 'batch-and-review-import-nothing-above',
      severity: 'error',
      from: { path: '^src/(batch|review)/', pathNot: TESTS },
      to: { path: '^src/(cli|index\\.ts)' },
    },
    {
      name: 'the-page-runs-in-a-browser',
      comment:
        'It shares with its server what src/review/api.ts says and how they know each other, and with all others what needs no I/O; it is bundled with two small libraries.',
      severity: 'error',
      from: { path: '^src/review/(web/|api\\.ts$)', pathNot: TESTS },
      to: {
        pathNot:
          '^src/(review/(web/|channel/|api\\.ts$)|core/|words/|verify/declarations\\.ts$|settings/|imaging/convex\\.ts$|risk/destinations\\.ts$|redact/contract\\.ts$)|^node_modules/(preact|@preact/signals|zod)/',
      },
    },
    {
      name: 'settings-are-told-without-io',
      comment:
        'The page shares them; of the steps they know which styles, extents and destinations there are.',
      severity: 'error',
      from: { path: '^src/settings/', pathNot: TESTS },
      to: {
        pathNot: '^(src/(settings/|core/|risk/destinations\\.ts$|redact/contract\\.ts$)|node_modules/zod/)',
      },
    },
    {
      name: 'the-channel-runs-everywhere',
      comment: 'Page and server share it.',
      severity: 'error',
      from: { path: '^src/review/channel/', pathNot: TESTS },
      to: { pathNot: '^(src/review/channel/|node_modules/zod/)' },
    },
    {
      name: 'nothing-imports-the-page',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/review/web/' },
      to: { path: '^src/review/web/' },
    },
    {
      name: 'nothing-imports-the-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/cli/', TESTS] },
      to: { path: '^src/cli/' },
    },
    {
      name: 'wired-in-compose-only',
      comment:
        'Concrete detectors, styles and checks are chosen in src/compose.ts; families list theirs in index.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/compose\\.ts$', '^src/(formats|detect|redact|verify)/', TESTS] },
      to: {
        path: '^src/(formats|detect|redact/styles|verify/checks)/[^/]+/',
      },
    },
    {
      name: 'no-network-modules',
      comment:
        'No network call is made at run time. Exceptions listen only: the review page’s loopback server, and the metrics of a worker.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/review/server', '^src/queue/metrics/serve-metrics\\.ts$', TESTS],
      },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|dns)$' },
    },
    {
      name: 'one-door-to-onnxruntime',
      comment: 'Its builds from 1.29 on send telemetry unless they are told not to before they are loaded.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/models/onnx-engine\\.ts$', TESTS] },
      to: { path: '^node_modules/onnxruntime-' },
    },
    {
      name: 'clients-in-queue-only',
      comment:
        'Libraries that open connections. The AWS SDK, for src/queue/storage/s3/client.ts, is loaded by its name, so that nothing imports it.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/queue/', TESTS] },
      to: { path: '^node_modules/(bullmq|ioredis|@aws-sdk)/' },
    },
    {
      name: 'queue-on-demand',
      comment:
        'Whoever asks for no queue and no object storage loads nothing that can open a connection: commands import these when they run.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/queue/', TESTS] },
      to: { path: '^src/queue/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/review/web/', TESTS] },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'no-undeclared-dependency',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      // The page's worker is named by its address only, and its reader of schemas in vite.config.ts.
      from: {
        path: '^src/',
        orphan: true,
        pathNot: ['\\.d\\.ts$', '^src/review/web/(state/beat|small-zod)\\.ts$', TESTS],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)(node_modules|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
