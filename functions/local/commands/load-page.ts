import { fleetLine } from './load-extrapolation.ts';
import type { LoadRun, PhaseFigures } from './load-messages.ts';

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map((_, i) => (i === 0 ? '---' : '--:')).join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];
type Spread = PhaseFigures['fleet']['stored'];
const times = ({ count, p50, p95, p99 }: Spread): string =>
  count === 0 ? '–' : [p50, p95, p99].map(whole).join(' / ');
const sumOf = (counts: Readonly<Record<string, number>>): string => {
  const told = Object.entries(counts).map(([reason, count]) => `${reason} ${whole(count)}`);
  return told.length === 0 ? 'none' : told.join(', ');
};

/** Of the requests of a phase. A burst is there to overwhelm the host: what it refuses meanwhile is told and fails nothing. */
const HTTP_ERRORS_MOST = 0.01;
const httpFailure = ({ name, http: { requests, errors } }: PhaseFigures): string[] => {
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  const share = failed === 0 ? 0 : failed / (requests + failed);
  if (name.startsWith('burst') || share <= HTTP_ERRORS_MOST) return [];
  return [
    `${name}: ${whole(failed)} of ${whole(requests + failed)} HTTP requests failed (${percent(share)}, at most ${percent(HTTP_ERRORS_MOST)} may): ${sumOf(errors)}`,
  ];
};

/** What makes a run fail: a reading that is gone, none at all, devices that are left outside, or residents who get errors. */
export const failuresOf = ({ account, phases, devices }: LoadRun): string[] => [
  ...phases.flatMap(httpFailure),
  ...phases
    .filter(({ fleet }) => fleet.connected < devices)
    .map(({ name, fleet }) => `${name}: ${whole(devices - fleet.connected)} devices are not connected at its end`),
  ...(account.lost > 0 ? [`${whole(account.lost)} readings were acknowledged and are nowhere`] : []),
  ...(account.acknowledged === 0 ? ['no reading was acknowledged at all'] : []),
];

const growthOf = ({ growth: { minutes, rss, heap } }: LoadRun): string => {
  const told = (name: string, one: typeof rss): string =>
    one ? `${name} ${one.mbPerHour.toFixed(1)} ± ${(2 * one.error).toFixed(1)} MB/h` : `${name} –`;
  return `${told('RSS', rss)}, ${told('heap', heap)} over the last ${minutes.toFixed(0)} minutes`;
};

export const accountLine = ({ account }: LoadRun): string =>
  `${whole(account.acknowledged)} readings acknowledged: ${whole(account.inStore)} in the store, ${whole(account.inQuarantine)} in quarantine, ${whole(account.inDeadLetters)} in dead letters, ${whole(account.lost)} lost`;

/** What a terminal shows at the end. */
export const summary = (run: LoadRun): string =>
  [
    accountLine(run),
    `memory growth of the host: ${growthOf(run)}`,
    `refused by the host: ${sumOf(run.said)}`,
    ...(run.kind === 'full' ? ['', ...fleetLine(run)] : []),
  ].join('\n');

const MEASURED = ['', 'messages/s', 'acknowledged, ms', 'stored, ms', 'seen, ms', 'owed', 'host, of a core', 'RSS, MB'];
const measured = ({ name, fleet, http, hostCpuShare, hostRssMb }: PhaseFigures): string[] => [
  `${name}, ${whole(fleet.seconds)} s`,
  whole(fleet.messages / fleet.seconds),
  times(fleet.acknowledged),
  times(fleet.stored),
  times(http.freshness),
  whole(fleet.owed),
  percent(hostCpuShare),
  whole(hostRssMb),
];

const CONNECTING = ['', 'connects', 'a second', 'until CONNACK, ms', 'connected at the end', 'failed attempts'];
const connecting = ({ name, fleet }: PhaseFigures): string[] => [
  name,
  whole(fleet.connects),
  whole(fleet.connects / fleet.seconds),
  times(fleet.connecting),
  whole(fleet.connected),
  sumOf(fleet.failures),
];

const HTTP = ['', 'requests/s', 'live, ms', 'today, ms', 'usage, ms', 'errors'];
const http = ({ name, http: { perSecond, byRoute, errors } }: PhaseFigures): string[] => [
  name,
  whole(perSecond),
  times(byRoute.live),
  times(byRoute.today),
  times(byRoute.usage),
  sumOf(errors),
];

const busy = ({ name, profile, fleet }: PhaseFigures): string[][] =>
  profile
    ? [[name, percent(profile.busy), ...Object.values(profile.shares).map(percent), percent(fleet.cpuShare)]]
    : [];
const stagesOf = ({ phases }: LoadRun): string[] => {
  const [profile] = phases.flatMap((phase) => phase.profile ?? []);
  if (!profile) return [];
  const head = ['where the host was', 'not idle', ...Object.keys(profile.shares), 'generator, of a core'];
  return ['', ...table(head, phases.flatMap(busy))];
};

const memoryOf = ({ memory }: LoadRun): string[] => {
  const each = Math.ceil(memory.length / 12);
  const shown = memory.filter((_, i) => i % each === 0 || i === memory.length - 1);
  return table(
    ['minute', ...shown.map(({ minute }) => String(minute))],
    [
      ['RSS, MB', ...shown.map(({ rssMb }) => whole(rssMb))],
      ['heap, MB', ...shown.map(({ heapMb }) => whole(heapMb))],
    ],
  );
};

const WHAT: Record<LoadRun['kind'], string> = {
  full: 'all phases',
  soak: 'soak',
  quick: 'all phases in small',
};

/** A run on a machine that others use, or a short soak, says so itself. */
const caveats = ({ kind, phases, note, loadAverage: [before = 0] }: LoadRun): string[] => {
  const minutes = phases.reduce((sum, { fleet }) => sum + fleet.seconds, 0) / 60;
  return [
    ...(before > 1
      ? [
          `**The machine was shared**: its load average was ${before.toFixed(0)} before the run began. Times hold waiting for a processor; processor time does not.`,
        ]
      : []),
    ...(note === undefined ? [] : [note]),
    ...(kind === 'soak' && minutes < 60 ? [`The soak lasted ${minutes.toFixed(0)} minutes, not an hour.`] : []),
  ];
};

const section = (run: LoadRun): string[] => [
  `## ${whole(run.devices)} devices, ${WHAT[run.kind]}, ${run.begun.slice(0, 16).replace('T', ' ')} UTC`,
  '',
  `Commit ${run.commit}; ${run.machine}; load average of the machine ${run.loadAverage.map((one) => one.toFixed(1)).join(' before, ')} at the end.`,
  `${whole(run.devices)} devices of ${whole(run.homes)} homes, ${run.residents} residents. Keys and certificates were made in ${run.settling.mintSeconds.toFixed(1)} s, all homes settled in ${run.settling.seconds.toFixed(1)} s.`,
  ...caveats(run),
  '',
  ...table(MEASURED, run.phases.map(measured)),
  '',
  ...table(
    CONNECTING,
    run.phases.filter(({ fleet }) => fleet.connects > 0 || sumOf(fleet.failures) !== 'none').map(connecting),
  ),
  '',
  ...table(HTTP, run.phases.map(http)),
  ...stagesOf(run),
  '',
  `Memory of the host: ${growthOf(run)}.`,
  '',
  ...memoryOf(run),
  '',
  `**${accountLine(run)}.** Refused by the host: ${sumOf(run.said)}.`,
  ...failuresOf(run).map((line) => `\nNot met: ${line}.`),
  '',
];

/** docs/reports/load.md. */
export const loadPage = (runs: readonly LoadRun[]): string =>
  [
    '# Load: what one local host takes',
    '',
    'Written by `npm run load -- --write` from the runs in `load.json` beside it. A generator in processes of its own lets homes of the simulator live (meters, solar, batteries,',
    'chargers, thermostats, air sensors, plugs); every device has its own MQTT connection, P-256 key and certificate, mutual TLS and QoS 1, tells its hello, listens to orders and obeys',
    'those to report faster. Residents sign in at the local identity provider and poll live, today and usage. The host is the one of `npm start`, in another process on 127.0.0.1.',
    '',
    'Times are p50 / p95 / p99. *Acknowledged*: from sending a single reading to its PUBACK. *Stored*: from the instant a reading tells of to its PUBACK, owed ones included; it is in the store',
    'and in the live item before that. *Seen*: from that instant to the first answer of `GET live` that holds it, asked each 250 ms. *Owed*: not acknowledged when the phase ended.',
    '',
    ...runs.flatMap(section),
    '## Reckoned, not measured: 10,000 messages a second in the cloud',
    '',
    ...runs
      .filter(({ kind }) => kind === 'full')
      .slice(-1)
      .flatMap(fleetLine),
    '',
    '## What these figures do not show',
    '',
    '- Generator, host, residents and whatever else runs share the cores of one machine: latencies hold waiting for a processor. The load average above says how many wanted one.',
    '- 127.0.0.1 has no distance, no loss and no mobile network; TLS sessions are never resumed, so each connection is a whole handshake.',
    '- SQLite on a local disk is not DynamoDB, and this broker is not AWS IoT Core. What carries over is the work of our own handlers for a message.',
    '- The homes stand in no shard of the nightly run; how long that takes is in [growth.md](growth.md).',
    '- A soak under an hour says little of a slow leak: its interval stands beside the slope.',
    '- Ids that were acknowledged are compared with the store (device, instant), not the quantities; that a repeat changes nothing is tested by properties of ingest.',
    '',
  ].join('\n');
