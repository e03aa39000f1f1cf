import { TELEMETRY_STORES, UPLINKS, type TelemetryStore } from '../config.ts';
import { cheaperMode, crossoverPerS, growth, monthly, totalUsd, type Lines, type Plan } from './monthly.ts';
import { PRICES } from './prices.ts';

export type Asked = { readonly homes: number; readonly cadenceS: number };
/** What the resources of prod cost by being there, with either store and mode. */
export type Standing = Readonly<Record<TelemetryStore, Readonly<Record<Plan['mode'], Lines>>>>;

const SIGN_IN = 'ESSENTIALS';

const dollars = (amount: number): string => Math.round(amount).toLocaleString('en-US');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(head),
  row(head.map((_, at) => (at === 0 ? '---' : '---:'))),
  ...rows.map(row),
];

const planOf = ({ homes, cadenceS }: Asked, store: TelemetryStore, uplink: Plan['uplink']): Plan => {
  const plan = { homes, cadenceS, store, uplink, signIn: SIGN_IN } as const;
  return { ...plan, mode: cheaperMode(plan) };
};

const sectionOf = (plan: Plan, standing: Lines): string[] => {
  const lines = { ...monthly(plan), ...standing };
  const rows = [...Object.entries(lines).toSorted(([, a], [, b]) => b - a), ['**all**', totalUsd(lines)] as const];
  const other = plan.mode === 'stream' ? 'direct' : 'stream';
  return [
    `## ${plan.store}, ${plan.uplink === 'batch' ? 'a message each quarter hour' : 'a message each reading'}: ingest ${plan.mode}`,
    '',
    ...table(
      ['Line', '$ a month', '$ a home and month'],
      rows.map(([name, amount]) => [name, dollars(amount), (amount / plan.homes).toFixed(5)]),
    ),
    '',
    `With ingest ${other}: $${dollars(totalUsd(monthly({ ...plan, mode: other })) + totalUsd(standing))} a month.`,
    '',
  ];
};

const growthOf = ({ cadenceS }: Asked): string[] => {
  const ways = TELEMETRY_STORES.flatMap((store) => UPLINKS.map((uplink) => ({ store, uplink })));
  const grown = ways.map((way) => growth({ ...way, cadenceS, signIn: SIGN_IN }));
  return [
    '## As homes are added',
    '',
    'Dollars a month, in brackets for each home, by the cheaper mode (d direct, s stream); without what stands there for nobody.',
    '',
    ...table(
      ['Homes', ...ways.map(({ store, uplink }) => `${store}, ${uplink}`)],
      (grown[0] ?? []).map(({ homes }, at) => [
        homes.toLocaleString('en-US'),
        ...grown.map((sizes) => {
          const { usd = 0, usdPerHome = 0, mode = 'direct' } = sizes[at] ?? {};
          return `${dollars(usd)} (${usdPerHome.toFixed(3)}) ${mode[0]}`;
        }),
      ]),
    ),
    '',
  ];
};

/** The bill of a plan by line, for people: either store, either way of sending, in the mode of ingest that costs less. */
export const page = (asked: Asked, standing: Standing): string => {
  const dates = [...new Set(Object.values(PRICES).map(({ asOf }) => asOf))].toSorted();
  const sections = TELEMETRY_STORES.flatMap((store) =>
    UPLINKS.map((uplink) => planOf(asked, store, uplink)).flatMap((plan) =>
      sectionOf(plan, standing[plan.store][plan.mode]),
    ),
  );
  return [
    `# What ${asked.homes.toLocaleString('en-US')} homes cost, a reading each ${asked.cadenceS} s`,
    '',
    `Calculated, not billed: list prices of us-east-1 as read on ${dates.join(' and ')} (\`infra/cost/prices.ts\` has each with its page), weights and work`,
    'as measured (`infra/cost/monthly.ts` says where). Lines that begin with `standing` come from the synthesised templates of prod.',
    '',
    `A stream is the cheaper way in from ${crossoverPerS('reading')} messages a second on where each reading is a message`,
    `(${dollars(crossoverPerS('reading') * 60)} homes at one a minute), and from ${crossoverPerS('batch')} where a quarter hour is`,
    `(${dollars(crossoverPerS('batch') * 900)} homes): Lambda's call, its own three log lines, ours and the recorded traces are paid once for 500 messages.`,
    '',
    ...sections,
    ...growthOf(asked),
  ].join('\n');
};
