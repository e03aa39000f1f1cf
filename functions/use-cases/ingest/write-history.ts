import type { TelemetryStore } from '../../ports/telemetry-store.ts';
import type { Kept } from '../stores/quarantine.ts';
import type { Arrival } from './admit.ts';
import { partOf } from './decode.ts';

type Unwritten = { readonly arrival: Arrival; readonly reason: string };

const writeOf = async (telemetry: TelemetryStore, household: string, own: readonly Arrival[]): Promise<Unwritten[]> => {
  const { rejected } = await telemetry.write(
    household,
    own.map(({ point }) => point),
  );
  return rejected.flatMap(({ index, reason }) => {
    const arrival = own[index];
    return arrival ? [{ arrival, reason }] : [];
  });
};

/** One entry for each message and reason, however many of its points it names. */
const keptOf = (unwritten: readonly Unwritten[]): Kept[] =>
  [...Map.groupBy(unwritten, ({ arrival }) => arrival.message)].flatMap(([message, ofMessage]) =>
    [...Map.groupBy(ofMessage, ({ reason }) => reason)].map(([reason, same]): Kept => {
      const points = same.map(({ arrival }) => arrival.point);
      const detail = `the history store does not take it: ${reason}`;
      return { event: partOf(message, points), reason: 'not-in-history', detail, state: 'held' };
    }),
  );

/** Writes the points to the history; answers those it refuses for good. */
export const writeHistory = async (telemetry: TelemetryStore, arrivals: readonly Arrival[]): Promise<Kept[]> => {
  const households = Map.groupBy(arrivals, ({ message }) => message.event.household);
  const unwritten = await Promise.all([...households].map(([household, own]) => writeOf(telemetry, household, own)));
  return keptOf(unwritten.flat());
};
