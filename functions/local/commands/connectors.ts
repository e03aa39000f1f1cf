import { isoSeoul } from '@hems/models/calendar/seoul';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { CONNECTORS } from '../../adapters/providers/connectors/all.ts';
import { enterpriseBems } from '../../adapters/providers/connectors/enterprise-bems.ts';
import { smartEnergyPlatform } from '../../adapters/providers/connectors/smart-energy-platform.ts';
import { jsonataMapper } from '../../adapters/providers/jsonata-mapper.ts';
import { pause } from '../../runtime/ports.ts';
import { keepReward } from '../../use-cases/connectors/keep-reward.ts';
import { pull } from '../../use-cases/connectors/pull.ts';
import type { Pulled } from '../../use-cases/stores/connector-state.ts';
import { systemClock } from '../clock.ts';
import { fakeEnterpriseBems } from '../fakes/enterprise-bems.ts';
import { httpToFakes } from '../fakes/http-to-fakes.ts';
import { fakeSmartEnergyPlatform } from '../fakes/smart-energy-platform.ts';

const toldOf = (run: Pulled | undefined): string => {
  if (!run) return 'not its turn';
  const { outcome, fromMs, toMs, pages, readings, taken, reason } = run;
  const span = `${isoSeoul(fromMs)} to ${isoSeoul(toMs)}`;
  return `${outcome}, ${span}, ${pages} pages, ${readings} readings, ${taken} taken${reason === null ? '' : `: ${reason}`}`;
};

/** The command `hems connectors`: each connector once, against the fake of its system, into a table in memory. */
export const runConnectors = async (): Promise<number> => {
  const fakes = [await fakeEnterpriseBems('demo'), await fakeSmartEnergyPlatform('demo')];
  const [bems = '', platform = ''] = fakes.map(({ origin }) => origin);
  const database = openDatabase(':memory:');
  const table = sqliteTable({ database, clock: systemClock });
  const deps = {
    table,
    clock: systemClock,
    pause,
    http: httpToFakes({ [enterpriseBems.baseUrl]: bems, [smartEnergyPlatform.baseUrl]: platform }),
    mapper: jsonataMapper(),
    secret: async () => 'demo',
    keepReward: keepReward(table),
  };
  let failed = 0;
  for (const one of CONNECTORS) {
    const run = await pull(deps, one);
    if (run?.outcome !== 'done') failed += 1;
    console.log(`${one.id}: ${toldOf(run)}`);
  }
  await Promise.all(fakes.map((fake) => fake.close()));
  await database.close();
  return failed;
};
