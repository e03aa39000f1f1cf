import { configDefaults, defineConfig } from 'vitest/config';
import { asked } from './.ci/asked.ts';
import { closingLine } from './.ci/closing-line.ts';

type Suite = {
  include: string[];
  exclude?: string[];
  environment?: 'jsdom';
  globalSetup?: string[];
  setupFiles?: string[];
  groupOrder?: number;
  /** where a file leaves nothing behind in a module, one worker takes them all: importing anew took a third of the time */
  isolate?: boolean;
  /** in a browser only: what a busy machine spoils is repeated once, and the report says so */
  retry?: number;
};

const PROPERTY = { include: ['**/*.property.test.ts'], setupFiles: ['.ci/property-runs.ts'], isolate: false };
/** Rooms whose tests set no port of the runtime. */
const PURE = ['models', 'shared', 'infra', 'functions/adapters', 'functions/use-cases'];
const NOT_EVERY_DAY = ['**/*.{property,moto,deep,aws}.test.ts', 'web/e2e/**'];

/** `npm test`. */
const everyday: Record<string, Suite> = {
  node: {
    include: ['**/*.test.ts', '.ci/*.test.ts'],
    exclude: [...NOT_EVERY_DAY, ...PURE.map((room) => `${room}/**`)],
    setupFiles: ['.ci/asked-by.ts'],
  },
  pure: { include: PURE.map((room) => `${room}/**/*.test.ts`), exclude: NOT_EVERY_DAY, isolate: false },
  property: PROPERTY,
  web: { include: ['web/**/*.test.tsx'], environment: 'jsdom' },
  // Last and alone: it starts the local host and a browser, and both cores are theirs.
  smoke: { include: ['web/e2e/smoke.test.ts'], setupFiles: ['.ci/asked-by.ts'], groupOrder: 1, retry: 1 },
};

/** `vitest run --mode <name>`. */
const onDemand: Record<string, Record<string, Suite>> = {
  /** against the moto server that `npm run test:aws` starts, the bundles as they are deployed, and a training with the image's real processes */
  aws: {
    aws: {
      include: ['functions/**/*.{moto,aws}.test.ts', 'infra/**/*.aws.test.ts'],
      setupFiles: ['.ci/asked-by.ts'],
    },
  },
  /** Chromium against the local host */
  e2e: {
    e2e: {
      include: ['web/e2e/*.spec.ts'],
      globalSetup: ['web/e2e/built-with-gallery.ts'],
      setupFiles: ['.ci/asked-by.ts'],
      retry: 1,
    },
  },
  /** how fast it opens and draws: nothing else runs beside it */
  speed: { speed: { include: ['web/e2e/*.speed.ts'], globalSetup: ['web/e2e/built-with-gallery.ts'] } },
  /** pictures for the documentation, into docs/screens */
  screens: { screens: { include: ['web/e2e/*.screens.ts'] } },
  /** what handlers were seen to ask for in the other runs, against what the templates let them */
  privilege: { privilege: { include: ['infra/test/privilege.asked.ts'] } },
  /** the full counts */
  deep: { deep: { ...PROPERTY, include: [...PROPERTY.include, '**/*.deep.test.ts'] } },
};

export default defineConfig(({ mode }) => ({
  plugins: [asked],
  test: {
    maxWorkers: mode === 'speed' ? 1 : 2,
    // Generous, for a machine that does something else as well; how long a test takes is in the report.
    testTimeout: mode in onDemand ? 600_000 : 30_000,
    hookTimeout: 60_000,
    reporters: ['default', closingLine],
    provide: { propertyRuns: mode === 'deep' ? 10_000 : 200 },
    projects: Object.entries(onDemand[mode] ?? everyday).map(([name, { exclude = [], groupOrder = 0, ...suite }]) => ({
      extends: true as const,
      test: { name, ...suite, exclude: [...configDefaults.exclude, ...exclude], sequence: { groupOrder } },
    })),
  },
}));
