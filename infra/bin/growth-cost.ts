import { crossoverPerS, monthly, totalUsd, type Plan } from '../cost/monthly.ts';

/** `node infra/bin/growth-cost.ts 1000 10000 …`: dollars a month for so many homes, as JSON, for `npm run growth`. A reading each minute, blocks. */
const CADENCE_S = 60;
const crossover = crossoverPerS();

const usdOf = (homes: number, uplink: Plan['uplink']): number => {
  const mode = uplink === 'reading' && homes / CADENCE_S >= crossover ? 'stream' : 'direct';
  return totalUsd(monthly({ homes, cadenceS: CADENCE_S, uplink, mode, store: 'blocks', signIn: 'ESSENTIALS' }));
};

const costs = process.argv
  .slice(2)
  .map(Number)
  .map((homes) => ({ homes, readingUsd: usdOf(homes, 'reading'), batchUsd: usdOf(homes, 'batch') }));
console.log(JSON.stringify(costs));
