import { parseArgs } from 'node:util';
import { TELEMETRY_STORES } from '../config.ts';
import { crossoverPerS, monthly, totalUsd, UPLINKS, type Plan } from '../cost/monthly.ts';
import { PRICES } from '../cost/prices.ts';

const USAGE = 'npm run cost -- --homes 1000000 --cadence 60   (homes; seconds between two readings of a home)';

const whole = (text: string | undefined, name: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 on: ${USAGE}`);
  return value;
};

const { values } = parseArgs({
  options: { homes: { type: 'string', default: '1000000' }, cadence: { type: 'string', default: '60' } },
});
const homes = whole(values.homes, 'homes');
const cadenceS = whole(values.cadence, 'cadence');
const crossover = crossoverPerS();

const dollars = (amount: number): string => Math.round(amount).toLocaleString('en-US').padStart(12);
const perHome = (amount: number): string => (amount / homes).toFixed(5).padStart(10);

const messagesPerS = (plan: Plan): number =>
  plan.homes / (plan.uplink === 'batch' ? Math.max(900, cadenceS) : cadenceS);

const print = (plan: Plan): void => {
  const lines = Object.entries(monthly(plan)).toSorted(([, a], [, b]) => b - a);
  console.log(`\n${plan.store}, uplink ${plan.uplink}, ingest ${plan.mode}: $ a month, $ a home and month`);
  for (const [name, amount] of lines) console.log(`  ${name.padEnd(44)}${dollars(amount)}${perHome(amount)}`);
  const total = totalUsd(monthly(plan));
  console.log(`  ${'total'.padEnd(44)}${dollars(total)}${perHome(total)}`);
};

console.log(
  `${homes.toLocaleString('en-US')} homes, a reading each ${cadenceS} s. List prices of us-east-1 as of ${PRICES.request.asOf}. infra/cost/monthly.ts says what is in them.`,
);
for (const store of TELEMETRY_STORES)
  for (const uplink of UPLINKS) {
    const plan: Plan = { homes, cadenceS, uplink, store, signIn: 'ESSENTIALS', mode: 'direct' };
    print({ ...plan, mode: messagesPerS(plan) >= crossover ? 'stream' : 'direct' });
  }
console.log(
  `\nA stream is the cheaper way in from ${crossover} messages a second on; it is not built yet, the tables above use the cheaper of the two.`,
);
