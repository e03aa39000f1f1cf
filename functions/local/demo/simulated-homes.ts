import { addDays, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { devicesOf } from '@hems/models/testing/home';
import type { DemoHome } from './demo-home.ts';
import { DEMO_HOUSEHOLDS, DEMO_REGION, idsOf, subOf } from './households.ts';

const TOTALS_MONTHS = 26;

/** The first day of the month `months` before that of the date. */
const monthsBefore = (date: LocalDate, months: number): LocalDate => {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - months;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
};

/** The demo households: 26 months of daily totals, then `historyDays` of quarter hours, then now. */
export const simulatedHomes = (nowMs: number, historyDays: number): DemoHome[] => {
  const today = localDate(nowMs);
  const begin = addDays(today, -historyDays);
  return DEMO_HOUSEHOLDS.map(({ name, home, members }) => ({
    ...idsOf(home.seed),
    name,
    buildingType: home.building,
    place: { region: DEMO_REGION, areaM2: home.areaM2, people: home.people },
    origin: { type: 'simulated', seed: home.seed },
    members: members.map(({ email, role }) => ({ sub: subOf(email), role })),
    devices: devicesOf(home),
    beginMs: dayStart(begin),
    spec: { type: 'simulated', home, totals: [monthsBefore(today, TOTALS_MONTHS), begin] },
  }));
};
