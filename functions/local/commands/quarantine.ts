import { parseArgs } from 'node:util';
import type * as z from 'zod/mini';
import { localDate } from '@hems/models/calendar/seoul';
import { listQuarantine, replayQuarantine } from '@hems/shared/api/quarantine';
import { asOperator, callRoute, type Operator } from './local-host.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems quarantine list [--date YYYY-MM-DD]           what was kept out on a day (default today), and why
hems quarantine replay ID…                         lets kept messages through ingest again
hems quarantine replay --all [--date YYYY-MM-DD]   every one that is still held
As the operator, at the running local host or at the stage that HEMS_URL names.`;

type Entry = z.infer<typeof listQuarantine.answer>['entries'][number];

const OPTIONS = {
  date: { type: 'string' },
  all: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The command `hems quarantine`. */
export const runQuarantine = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [verb, ...ids] = positionals;
  if (values.help || (verb !== 'list' && verb !== 'replay')) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  const place = await asOperator();
  const date = values.date ?? localDate(Date.now());
  if (verb === 'list') return print(await entriesOf(place, date), date);
  const chosen = values.all ? (await entriesOf(place, date)).filter(isHeld).map(({ id }) => id) : ids;
  if (chosen.length === 0) throw new CommandRefused(values.all ? `Nothing is held on ${date}.` : USAGE);
  return await replay(place, chosen);
};

const isHeld = ({ state }: Entry): boolean => state === 'held';

const entriesOf = async (place: Operator, date: string): Promise<Entry[]> => {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  do {
    const query = { date, ...(cursor !== undefined && { cursor }) };
    const page: z.infer<typeof listQuarantine.answer> = await callRoute({ ...place, route: listQuarantine, query });
    entries.push(...page.entries);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return entries;
};

export const lineOf = ({
  id,
  state,
  reason,
  channel,
  gateway,
  received,
  bytes,
  correlationId,
  detail,
}: Entry): string => {
  const at = new Date(received).toISOString();
  return [id, state, reason, channel, `gateway ${gateway}`, at, `${bytes} B`, correlationId, detail]
    .map(shown)
    .join('\t');
};

const print = (entries: readonly Entry[], date: string): number => {
  for (const entry of entries) console.log(lineOf(entry));
  if (entries.length === 0) console.log(`nothing was kept out on ${date}`);
  return 0;
};

const replay = async (place: Operator, ids: readonly string[]): Promise<number> => {
  let stillOut = 0;
  for (const id of ids) {
    const { accepted, quarantined } = await callRoute({ ...place, route: replayQuarantine, params: { id } });
    stillOut += quarantined;
    console.log(`${id}\t${accepted} accepted, ${quarantined} kept out again`);
  }
  return stillOut === 0 ? 0 : 1;
};
