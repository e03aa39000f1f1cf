import * as z from 'zod';

/** What the parts of a load run, each a process, say to each other. */

const text = z.string();
const credentials = z.object({ certificateId: text, certificatePem: text, privateKeyPem: text });
const fleetHome = z.object({
  householdId: text,
  telemetryId: text,
  /** of `aHome`: everything else of the home follows from it */
  seed: z.int(),
  devices: z.array(z.object({ deviceId: text, credentials })),
});
/** The fleet as it stands in a file of the run's folder, keys and all. */
export const fleet = z.object({ caPem: text, homes: z.array(fleetHome) });
export type Fleet = z.infer<typeof fleet>;
export type FleetHome = z.infer<typeof fleetHome>;

/** To the fleet. `ramp`: connects everybody, so many handshakes at a time. `away`: every connection breaks, and nobody tries again before that long. */
export const fleetOrder = z.union([
  z.object({ open: z.object({ fleetFile: text, port: z.int() }) }),
  z.object({ ramp: z.object({ atATime: z.int(), everyMs: z.int(), withinMs: z.int() }) }),
  z.object({ report: z.object({ everyMs: z.int(), seconds: z.number() }) }),
  z.object({ away: z.object({ awayMs: z.int(), withinMs: z.int() }) }),
  z.object({ settle: z.object({ everyMs: z.int(), withinMs: z.int() }) }),
  z.object({ finish: z.object({ acknowledgedFile: text }) }),
]);
export type FleetOrder = z.infer<typeof fleetOrder>;

const spread = z.object({ count: z.int(), p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() });
export const empty = { count: 0, p50: 0, p95: 0, p99: 0, max: 0 };

/** What a fleet saw while an order was carried out. */
export const fleetFigures = z.object({
  seconds: z.number(),
  /** messages of readings that were acknowledged, and the points in them */
  messages: z.int(),
  points: z.int(),
  /** acknowledgement after sending, of single readings, ms */
  acknowledged: spread,
  /** acknowledgement after the moment that the reading tells of, of all points, ms: it is visible before that */
  stored: spread,
  connects: z.int(),
  /** TCP, TLS and CONNACK, ms */
  connecting: spread,
  connected: z.int(),
  /** points that wait in devices at the end */
  owed: z.int(),
  /** connections that failed or broke, by reason */
  failures: z.record(text, z.int()),
  /** the generator's share of a core */
  cpuShare: z.number(),
  rssMb: z.number(),
});
export type FleetFigures = z.infer<typeof fleetFigures>;

export const hostOrder = z.union([
  /** `demoFirst`: ready once the demo homes beside the load's have sent their past */
  z.object({ start: z.object({ folder: text, demoFirst: z.boolean() }) }),
  z.object({ figures: z.literal(true) }),
  z.object({ profile: z.enum(['start', 'stop']) }),
  z.object({ stop: z.literal(true) }),
]);
export type HostOrder = z.infer<typeof hostOrder>;

export const hostStarted = z.object({ origin: text, mqttPort: z.int() });
export const hostFigures = z.object({
  rssMb: z.number(),
  heapMb: z.number(),
  /** of all its threads since the start, s */
  cpuSeconds: z.number(),
});
export type HostFigures = z.infer<typeof hostFigures>;
export const hostProfile = z.object({ busy: z.number(), shares: z.record(text, z.number()) });
export type HostProfile = z.infer<typeof hostProfile>;
/** lines of the host about connections it turned away, and how often; each kind at most once a minute */
export const hostSaid = z.record(text, z.int());

export const httpFigures = z.object({
  requests: z.int(),
  perSecond: z.number(),
  byRoute: z.object({ live: spread, today: spread, usage: spread }),
  /** by what was answered, or what went wrong */
  errors: z.record(text, z.int()),
  /** the moment a reading tells of to the answer that first holds it, ms */
  freshness: spread,
});
export type HttpFigures = z.infer<typeof httpFigures>;

export const phaseFigures = z.object({
  name: text,
  fleet: fleetFigures,
  http: httpFigures,
  /** of a core, all threads of the host */
  hostCpuShare: z.number(),
  hostRssMb: z.number(),
  profile: z.optional(hostProfile),
});
export type PhaseFigures = z.infer<typeof phaseFigures>;

const growth = z.optional(z.object({ mbPerHour: z.number(), error: z.number() }));
/** One run of `npm run load`, as it is kept in docs/reports/load.json. */
export const loadRun = z.object({
  kind: z.enum(['full', 'quick', 'soak']),
  begun: text,
  commit: text,
  machine: text,
  devices: z.int(),
  homes: z.int(),
  residents: z.int(),
  settling: z.object({ mintSeconds: z.number(), seconds: z.number() }),
  phases: z.array(phaseFigures),
  /** MB, the lowest of each minute from the start of the host on */
  memory: z.array(z.object({ minute: z.number(), rssMb: z.number(), heapMb: z.number() })),
  growth: z.object({ minutes: z.number(), rss: growth, heap: growth }),
  /** mean load of the machine over a minute, at the beginning of the run and at its end */
  loadAverage: z.array(z.number()),
  said: hostSaid,
  /** what a reader has to know of this run beside its figures, written by hand */
  note: z.optional(text),
  account: z.object({
    acknowledged: z.int(),
    inStore: z.int(),
    inQuarantine: z.int(),
    inDeadLetters: z.int(),
    lost: z.int(),
  }),
});
export type LoadRun = z.infer<typeof loadRun>;

export type Resident = {
  readonly email: string;
  readonly password: string;
  readonly householdId: string;
};
