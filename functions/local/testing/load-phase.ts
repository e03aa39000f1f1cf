import { empty, type PhaseFigures } from '../commands/load-messages.ts';

/** A phase of a load run of a minute in which nothing is worth telling; tests put in what they are about. */
export const aPhase = (name: string): PhaseFigures => ({
  name,
  fleet: {
    seconds: 60,
    messages: 1,
    points: 1,
    acknowledged: empty,
    stored: empty,
    connects: 0,
    connecting: empty,
    connected: 1,
    owed: 0,
    failures: {},
    cpuShare: 0,
    rssMb: 0,
  },
  http: {
    requests: 0,
    perSecond: 0,
    byRoute: { live: empty, today: empty, usage: empty },
    errors: {},
    freshness: empty,
  },
  hostCpuShare: 0,
  hostRssMb: 0,
});
