import { addDays, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { devicesOf, type Home } from '@hems/models/testing/home';
import { homeDays, type HomeDay } from '@hems/models/testing/home-days';
import type { DemoHome } from './demo-home.ts';
import { DEMO_HOUSEHOLDS, DEMO_REGION, idsOf, subOf } from './households.ts';
import type { HomeSpec } from './worker-messages.ts';

const TOTALS_MONTHS = 26;
/** The first home saves since so many months, as many as its challenges rest on and more: until then it lives as one more person does. */
const SAVES_MONTHS = 6;

/** The first day of the month `months` before that of the date. */
const monthsBefore = (date: LocalDate, months: number): LocalDate => {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - months;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
};

/** The demo households: 26 months of daily totals, then `historyDays` of quarter hours, then now. */
export const simulatedHomes = (nowMs: number, historyDays: number): DemoHome[] => {
  const today = localDate(nowMs);
  const begin = addDays(today, -historyDays);
  const until = monthsBefore(today, SAVES_MONTHS);
  return DEMO_HOUSEHOLDS.map(({ name, home, members }, i) => ({
    ...idsOf(home.seed),
    name,
    buildingType: home.building,
    place: { region: DEMO_REGION, areaM2: home.areaM2, people: home.people },
    origin: { type: 'simulated', seed: home.seed },
    members: members.map(({ email, role }) => ({ sub: subOf(email), role })),
    devices: devicesOf(home),
    beginMs: dayStart(begin),
    spec: {
      type: 'simulated',
      home,
      ...(i === 0 && { before: { home: asOneMore(home), until } }),
      totals: [monthsBefore(today, TOTALS_MONTHS), begin],
    },
  }));
};

const asOneMore = (home: Home): Home => ({ ...home, people: home.people + 1 });

type Simulated = Extract<HomeSpec, { readonly type: 'simulated' }>;

/** The days of which a home hands over totals, one after the other. */
export function* simulatedPast({ home, before, totals: [from, to] }: Simulated): Generator<HomeDay, void> {
  const changed = !before ? from : before.until < to ? before.until : to;
  if (before) yield* homeDays(before.home, from, changed);
  yield* homeDays(home, changed, to);
}
