import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { readNoticeSettings } from '@hems/shared/api/inbox';
import { lookInto, ordersOf, placeOf, promisedBy, type Place, type Say } from './fault-place.ts';
import { kill, type Life } from './hosts.ts';
import { violationsOf } from './invariants.ts';
import { usageDifferences } from './reference-host.ts';
import { comeToRest } from './rest.ts';

const run = promisify(execFile);
/** A host with its demo takes a third of it. */
const SIZE = '96m';
const FULL_MS = 6000;

/** `ran` false: this user may not mount; SQLite's own answer to a full disk is tried in disk-full.test.ts. */
export type DiskOutcome = {
  readonly ran: boolean;
  readonly violations: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
};

/** Takes every byte that is left. */
const fill = async (file: string): Promise<void> => {
  for (const bytes of [1_000_000, 10_000, 100, 1])
    for (let full = false; !full;)
      full = await appendFile(file, Buffer.alloc(bytes)).then(
        () => false,
        () => true,
      );
};

const fullHost = async (place: Place, life: Life): Promise<string[]> => {
  const { gateways, people, ports, folder } = place;
  const load = async (ms: number): Promise<void> => {
    const signal = AbortSignal.timeout(ms);
    await Promise.all([
      ...gateways.map(async (one) => await one.live({ mqttPort: ports.mqttPort, signal, paceMs: 8 })),
      people.live(signal),
    ]);
  };
  await people.ready();
  await load(3000);
  const heardBefore = promisedBy(place).acknowledged.length;
  const ballast = join(folder, 'ballast');
  await fill(ballast);
  await load(FULL_MS);
  const found: string[] = [];
  const reading = await people.call({ route: readNoticeSettings }).catch((error: unknown) => String(error));
  if (typeof reading === 'string') found.push(`on a full disk nothing is read: ${reading}`);
  if (!gateways.some((one) => one.owed().length > 0))
    found.push('on a full disk every reading was acknowledged: it was not full');
  const untold = place.asked.unsaid.filter(
    (text) => !text.includes(' 507 ') && !text.includes('look at the present state'),
  );
  if (!place.asked.unsaid.some((text) => text.includes('"code":"no-room"')))
    found.push('no answer said that there is no room');
  if (untold.length > 0) found.push(`answers without what to do: ${untold[0]}`);
  if (life.child.exitCode !== null) found.push('the host ended');
  await rm(ballast);
  await load(3000);
  if (promisedBy(place).acknowledged.length <= heardBefore) found.push('with room again nothing was heard');
  if (life.child.exitCode !== null) found.push('the host ended');
  return found;
};

const onSmallDisk = async (folder: string, seed: number, say: Say): Promise<DiskOutcome> => {
  const place = await placeOf(folder, seed, say);
  try {
    const life = place.hosts.live(ordersOf(place, seed));
    if (!(await life.ready)) throw new Error(`the host did not come up:\n${life.out()}`);
    const violations = await fullHost(place, life);
    await kill(life);
    const seen = await lookInto(place);
    violations.push(...violationsOf(undefined, seen, promisedBy(place)));
    const rest = await comeToRest(place, seen);
    const heard = place.gateways.flatMap((one) => one.acknowledged.map((message) => ({ home: one.home, message })));
    violations.push(...rest.violations, ...(await usageDifferences(folder, heard)));
    const { unsaid } = place.asked;
    return {
      ran: true,
      violations: [...new Set(violations)],
      figures: {
        'messages acknowledged': heard.length,
        'answers 507 that say there is no room': unsaid.filter((text) => text.includes('"code":"no-room"')).length,
        'other answers 5xx, with what to do': unsaid.filter((text) => !text.includes('"code":"no-room"')).length,
      },
    };
  } finally {
    place.hosts.end();
  }
};

/** The host on a file system that fills up under it, is full for a while, and has room again. */
export const runSmallDisk = async (seed: number, say: Say): Promise<DiskOutcome> => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-small-disk-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
  try {
    return mounted ? await onSmallDisk(folder, seed, say) : { ran: false, violations: [], figures: {} };
  } finally {
    if (mounted) {
      await sleep(200);
      await run('umount', ['--lazy', folder]);
    }
    await rm(folder, { recursive: true });
  }
};
