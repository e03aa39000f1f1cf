import type { Outcome } from '../faults/kills.ts';
import type { DiskOutcome } from '../faults/small-disk.ts';

export type Suffered = Outcome & { readonly disk: DiskOutcome | undefined };
type About = { readonly asked: number; readonly date: string; readonly commit: string; readonly seconds: number };

const countsOf = (names: readonly string[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
};
const table = (head: readonly [string, string], rows: readonly (readonly [string, number])[]): string[] => [
  `| ${head[0]} | ${head[1]} |`,
  '|---|--:|',
  ...rows.map(([name, count]) => `| ${name} | ${count} |`),
];
/** `dies after table.put, call 57` → `after table.put` */
const callOf = (where: string): string => where.replace(/, call \d+$/, '');

const diskSection = (disk: DiskOutcome | undefined): string[] => {
  if (!disk) return [];
  if (!disk.ran)
    return [
      '## A full disk',
      '',
      'Not run here: this user may not mount a small file system. `disk-full.test.ts` has SQLite refuse to grow.',
      '',
    ];
  const verdict =
    disk.violations.length === 0 ? ['**No promise was broken.**'] : disk.violations.map((text) => `- ${text}`);
  return [
    '## A full disk',
    '',
    'A host on a tmpfs of 96 MB of its own; every byte that was left was taken under load and given back after six seconds, without a restart.',
    '',
    ...verdict,
    '',
    ...table(['what', 'count'], Object.entries(disk.figures)),
    '',
  ];
};

/** docs/reports/faults.md */
export const faultsPage = (
  { seed, kills, violations, figures, disk }: Suffered,
  { date, commit, seconds, asked }: About,
): string =>
  [
    '# Faults',
    '',
    `Made on ${date} after commit ${commit} by \`npm run faults -- --kills ${asked} --seed ${seed}${disk ? ' --disk' : ''} --report\`, in ${seconds} s on two cores.`,
    '',
    `Two local hosts, side by side, were killed ${kills.length} times with SIGKILL under load and started again on their data directories; after each kill the`,
    'store was looked into, and at the end everything that was owed had to be done and the quarter hours had to equal those of a host that nothing',
    'happened to.',
    ...(kills.length < asked ? [`It was ended by hand after ${kills.length} of ${asked} kills.`] : []),
    '',
    violations.length === 0 ? '**No promise was broken.**' : `**${violations.length} promises were broken:**`,
    '',
    ...violations.map((text) => `- ${text}`),
    ...(violations.length > 0 ? [''] : []),
    '## What was under way when it was killed',
    '',
    'One kill meets several at once.',
    '',
    ...table(['under way', 'kills'], countsOf(kills.flatMap(({ places }) => places))),
    '',
    '## How the moment was chosen',
    '',
    ...table(
      ['moment', 'kills'],
      countsOf(
        kills.map(
          ({ by }) =>
            ({
              moment: 'at a random moment',
              call: 'before or after a random call of a port',
              start: 'while it started',
            })[by],
        ),
      ),
    ),
    '',
    ...table(
      ['call of a port', 'kills'],
      countsOf(kills.flatMap(({ by, where }) => (by === 'call' ? [callOf(where)] : []))),
    ),
    '',
    '## What was done meanwhile',
    '',
    ...table(['what', 'count'], Object.entries(figures)),
    '',
    ...diskSection(disk),
  ].join('\n');
