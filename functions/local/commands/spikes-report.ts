import { TOGETHER_HOURS, UNUSUAL } from '@hems/models/usage/unusual';
import { figuresOf, type HomeResult, type Level, type Margin, type Spike } from './spikes-homes.ts';

/** What was set before anything was measured, per home and month and of the spike below. */
export const TARGET = { falseAlarmsPerMonth: 1, foundPercent: 80 } as const;
/** A Korean home of up to four uses less than this a month. */
const KOREAN_KWH = 500;
/** An oven and a kettle together, or an electric heater at full power, left on for two hours. */
export const SPIKE: Spike = { watts: 3000, hours: 2 };
export const OTHERS: readonly Spike[] = [
  { watts: 2000, hours: 2 },
  { watts: 3000, hours: 1 },
  { watts: 3000, hours: 4 },
  { watts: 5000, hours: 2 },
];

export type Candidate = { readonly level: Level; readonly margin: Margin; readonly results: readonly HomeResult[] };
export type SpikesResult = {
  readonly candidates: readonly Candidate[];
  readonly choice: readonly HomeResult[];
  readonly heldOut: readonly HomeResult[];
  readonly others: readonly { readonly spike: Spike; readonly results: readonly HomeResult[] }[];
};

const isFair = ({ results }: Candidate): boolean => figuresOf(results).mostPerMonth <= TARGET.falseAlarmsPerMonth;

/** Of the rules that cry wolf no more than once a month in any home, the one that finds most. */
export const bestOf = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates
    .filter(isFair)
    .toSorted((a, b) => figuresOf(b.results).foundPercent - figuresOf(a.results).foundPercent)[0];

const figure = (value: number, digits = 1): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map((_, i) => (i === 0 ? '---' : '--:')).join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];

const HEAD = [
  '',
  'homes',
  'home-months',
  'false alarms per home-month',
  'most in a home',
  'spikes found, %',
  'half found within, h',
  '9 of 10 within, h',
];
const row = (name: string, results: readonly HomeResult[]): string[] => {
  const { falseAlarmsPerMonth, mostPerMonth, foundPercent, delayHours } = figuresOf(results);
  const months = results.reduce((sum, one) => sum + one.months, 0);
  return [
    name,
    String(results.length),
    figure(months, 0),
    figure(falseAlarmsPerMonth, 2),
    figure(mostPerMonth, 2),
    figure(foundPercent),
    figure(delayHours.middle),
    figure(delayHours.most),
  ];
};

const ruleText = ({ days, hoursAround, levelPercent }: Level, margin: Margin): string =>
  `${days} days, ± ${hoursAround} h, ${levelPercent} %, ${'fixed' in margin ? `+ ${margin.fixed} Wh` : `own margin, ≥ ${margin.least} Wh`}`;
const spikeText = ({ watts, hours }: Spike): string => `${watts / 1000} kW for ${hours} h`;
const met = (value: boolean): string => (value ? 'met' : '**missed**');

/** The figures for `--json`. */
export const spikesFigures = ({ choice, heldOut }: SpikesResult) => ({
  rule: UNUSUAL,
  choice: figuresOf(choice),
  heldOut: figuresOf(heldOut),
});

const isKorean = ({ kwhPerMonth }: HomeResult): boolean => kwhPerMonth <= KOREAN_KWH;

/** Homes that are told more often than the target allows, each by itself. */
const loudOf = (results: readonly HomeResult[]): number =>
  results.filter(({ falseAlarms, months }) => falseAlarms / months > TARGET.falseAlarmsPerMonth).length;

const targetTable = ({ choice, heldOut }: SpikesResult): string[] => {
  const judge = (name: string, results: readonly HomeResult[]): string[] => {
    const { falseAlarmsPerMonth, foundPercent } = figuresOf(results);
    return [
      `${name} (${results.length})`,
      `${figure(falseAlarmsPerMonth, 2)}, ${met(falseAlarmsPerMonth <= TARGET.falseAlarmsPerMonth)}`,
      `${loudOf(results)} of ${results.length}`,
      `${figure(foundPercent)}, ${met(foundPercent >= TARGET.foundPercent)}`,
    ];
  };
  return table(
    [
      'homes',
      `false alarms per home-month, pooled, target ≤ ${TARGET.falseAlarmsPerMonth}`,
      `homes above ${TARGET.falseAlarmsPerMonth}`,
      `spikes found, %, target ≥ ${TARGET.foundPercent}`,
    ],
    [
      judge('second half', heldOut),
      judge(`second half, up to ${KOREAN_KWH} kWh a month, as a Korean home`, heldOut.filter(isKorean)),
      judge(
        'second half, above',
        heldOut.filter((one) => !isKorean(one)),
      ),
      judge('chosen on', choice),
      judge(`both halves, up to ${KOREAN_KWH} kWh a month`, [...choice, ...heldOut].filter(isKorean)),
    ],
  );
};

/** The page; `date`: the day it was made. */
export const spikesReport = (result: SpikesResult, date: string): string => {
  const { candidates, choice, heldOut, others } = result;
  const best = bestOf(candidates);
  const { days, hoursAround, levelPercent, leastMarginWh } = UNUSUAL;
  return [
    '# Unusual use: how often it cries wolf, and what it finds',
    '',
    `Made on ${date} by \`npm run hems -- spikes --data FOLDER --write\`. Recorded hours of ${choice.length + heldOut.length} real homes of other countries, as they are: no Korean`,
    'result. Many use two or three times as much as a Korean home and cool or heat with electricity, which hides spikes.',
    '',
    `Rule (\`models/usage/unusual.ts\`): the use of ${TOGETHER_HOURS} hours together is told when it lies further above its level than any two hours of the ${days} days before`,
    `did, and at least ${leastMarginWh} Wh. The level is what ${levelPercent} % of the same two hours (and those up to ${hoursAround} h earlier or later) came to. At most once a day; nothing`,
    'before 14 days are known. Weekends and holidays are among the days before, so what is usual on them is usual.',
    '',
    'A false alarm is every day on which a home was told something: nothing is known to have been wrong, though some of them may well have been.',
    `A spike is ${spikeText(SPIKE)} from a random minute on, added to what the home used; 200 a home, on days without a false alarm.`,
    '',
    '## The target',
    '',
    ...targetTable(result),
    '',
    `Pooled, the bound on false alarms holds in the second half; home by home it does not: ${loudOf(heldOut)} of ${heldOut.length} homes there are above it, the most ${figure(figuresOf(heldOut).mostPerMonth, 2)}`,
    'a month. The rule was designed anew (a margin of the home’s own in place of a fixed one) after a first one had been looked at on the second half. So that half',
    'is no longer clean: it was not chosen on, but its result had been seen. A clean figure needs homes that nobody has looked at.',
    '',
    'Both cannot be had in a home that goes 3 kW above its usual evening every week by itself. The promise that is kept, in the pooled figure, is the first: whoever is told',
    'once too often switches the notice off, and then nothing is found.',
    '',
    ...table(HEAD, [
      row('chosen on', choice),
      row('second half', heldOut),
      ...others.map((one) => row(`second half, ${spikeText(one.spike)}`, one.results)),
    ]),
    '',
    '## The choice',
    '',
    'On every second home of the folder. Of the rules under which no home is told more than once a month, the one that finds most.',
    `Choice: **${best ? ruleText(best.level, best.margin) : 'none'}**; in force: ${ruleText(UNUSUAL, { least: leastMarginWh })}.`,
    '',
    'The first rule had a fixed margin and was chosen by the pooled rate of these homes; on the second half it was above the bound. A pooled rate says nothing of',
    'the next home, so the demand was put on each home, which brought in the margin of its own. The fixed margins below are what is left of that first choice.',
    '',
    ...table(
      HEAD,
      candidates.map(({ level, margin, results }) => row(ruleText(level, margin), results)),
    ),
    '',
    '## Home by home',
    '',
    ...table(HEAD, [
      ...choice.map((one) => row(`${one.name} (chosen on)`, [one])),
      ...heldOut.map((one) => row(one.name, [one])),
    ]),
    '',
  ].join('\n');
};
