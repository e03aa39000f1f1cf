import type { LoadRun, PhaseFigures } from './load-messages.ts';

/** Anchor of the field: 10,000 messages a second (O2 of the acceptance list). */
const GOAL_PER_S = 10_000;
/** Limits of what carries the cloud, and what the cost model assumes of our part of it. */
const CLOUD = {
  /** records a second of a shard */
  shardRecords: 1000,
  /** write units a second of a partition of DynamoDB */
  partitionUnits: 1000,
  /** write units of a single reading in the tables, blocks store: `table-units.test.ts` measures it */
  unitsPerMessage: 3.1,
  /** an invocation for a single message, s: the assumption of infra/cost/monthly.ts */
  invocationS: 0.03,
} as const;

const whole = (value: number): string => Math.round(value).toLocaleString('en');

type Work = {
  readonly name: string;
  readonly perS: number;
  /** of the host's processor */
  readonly msEach: number;
  /** `more`: for one message more; `most`: everything the host did, told by messages */
  readonly is: 'more' | 'most';
  readonly profile: PhaseFigures['profile'];
};

/**
 * What a message costs: the difference of two steady phases with the same residents, so that what the host does anyway is no part of it. Where they do not
 * tell, as on a machine whose processors others take, everything the host did in the faster one is the bound from above.
 */
export const workOf = ({ phases }: Pick<LoadRun, 'phases'>): Work | undefined => {
  const steady = phases
    .filter(({ name, fleet }) => name.startsWith('steady') && fleet.messages > 0)
    .map((phase) => ({ ...phase, perS: phase.fleet.messages / phase.fleet.seconds }))
    .toSorted((one, other) => one.perS - other.perS);
  const [slow, fast] = [steady[0], steady.at(-1)];
  if (!slow || !fast) return undefined;
  const { perS, profile } = fast;
  const more = (1000 * (fast.hostCpuShare - slow.hostCpuShare)) / (perS - slow.perS);
  if (perS >= 1.5 * slow.perS && more > 0)
    return { name: `${slow.name} to ${fast.name}`, perS, msEach: more, is: 'more', profile };
  return { name: fast.name, perS, msEach: (1000 * fast.hostCpuShare) / perS, is: 'most', profile };
};

/** What the measurement says of a message, and what 10,000 a second would take, per partition. Apart from the measurement: nothing of it was run. */
export const fleetLine = (run: LoadRun): string[] => {
  const work = workOf(run);
  if (!work) return ['No steady phase was measured, so nothing is reckoned.'];
  const { name, perS, msEach, is, profile } = work;
  const what =
    is === 'more' ? 'for a message more' : 'for each message, all else the host did told with it: a bound from above';
  const ours = profile ? (profile.shares['schema'] ?? 0) + (profile.shares['rules'] ?? 0) : undefined;
  const { shardRecords, partitionUnits, unitsPerMessage, invocationS } = CLOUD;
  return [
    `Measured (${name}, up to ${whole(perS)} messages/s): ${msEach.toFixed(2)} ms of the host's processor ${what}; TLS, broker and SQLite are in it.`,
    ...(ours === undefined
      ? []
      : [
          `Of the host's time ${whole(100 * ours)} % was our own ingest (schema and rules); the rest is what IoT Core and DynamoDB do in the cloud.`,
        ]),
    `One partition, here one host on one core, would be full at about ${whole(1000 / msEach)} messages/s; ${whole(GOAL_PER_S)} messages/s would be ${Math.ceil((GOAL_PER_S * msEach) / 1000)} such partitions by household.`,
    `In the cloud, at ${whole(GOAL_PER_S)} messages/s: ${whole(GOAL_PER_S * invocationS)} invocations at a time in direct mode (30 ms each, the assumption of infra/cost), or ${Math.ceil(GOAL_PER_S / shardRecords)} shards in stream mode;`,
    `${whole(GOAL_PER_S * unitsPerMessage)} write units a second, at least ${Math.ceil((GOAL_PER_S * unitsPerMessage) / partitionUnits)} partitions of ${whole(partitionUnits)}. A household is a partition key and writes ${((3.3 / 10) * unitsPerMessage).toFixed(1)} units a second with 3.3 devices at 10 s: no key is hot.`,
    'Assumed: the work of a message does not grow with the homes (growth.md measures ingest with more and more homes), households spread evenly over partitions, and the quotas of the account are raised: inbound publish is 2,000/s in small Regions and 20,000/s in large ones, connects 100 or 500/s.',
  ];
};
