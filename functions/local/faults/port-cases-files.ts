import { addDays, DAY_MS } from '@hems/models/calendar/seoul';
import { jsonataMapper } from '../../adapters/providers/jsonata-mapper.ts';
import { enterpriseBems } from '../../adapters/providers/connectors/enterprise-bems.ts';
import type { Archiver } from '../../ports/files.ts';
import { aFullWorld, ERASURE_ID } from '../../testing/erasing.ts';
import { aFilesWorld } from '../../testing/files-world.ts';
import { anOfficeWorld, CASHBACK, MAY, UTILITY } from '../../testing/office-world.ts';
import { aPartner } from '../../testing/partner-call.ts';
import { aWorld } from '../../testing/world.ts';
import { fakeEnterpriseBems } from '../fakes/enterprise-bems.ts';
import { httpToFakes } from '../fakes/http-to-fakes.ts';
import { pull } from '../../use-cases/connectors/pull.ts';
import { exportHousehold } from '../../use-cases/exports/export-household.ts';
import { startExport } from '../../use-cases/exports/start-export.ts';
import { closeSettlement } from '../../use-cases/government/close-settlement.ts';
import { archiveKey, readExport } from '../../use-cases/stores/exports.ts';
import { readMeterDay } from '../../use-cases/stores/site-intervals.ts';
import { type Through, type Trial, type PortCase, householdId, OWNER, same } from './port-trial.ts';

const anExport = async (through: { objects?: Through; archiver?: Through }): Promise<Trial> => {
  const world = await aFilesWorld();
  const sent: string[] = [];
  const files = { send: async (body: string) => void sent.push(body) };
  const { exportId } = await startExport({ ...world, files }, OWNER);
  // a stream: it fails where it is read
  const stream = (through.archiver ?? same)({ begin: async () => undefined });
  const archiver: Archiver = {
    zip: async function* (sections, when) {
      await stream.begin();
      yield* world.archiver.zip(sections, when);
    },
  };
  const deps = { ...world, archiver, objects: (through.objects ?? same)(world.objects) };
  const place = { householdId, exportId };
  return {
    act: async () => await exportHousehold(deps, place),
    state: async () => ({
      isThere: (await world.objects.get(archiveKey(place))) !== undefined,
      state: (await readExport(world.table, place))?.state,
    }),
    close: world.close,
  };
};

/** Ports that files are made, vouched for, read and erased by. */
export const FILE_CASES: Readonly<Record<string, PortCase>> = {
  'object-store': { does: 'writes the archive of a household', open: async (objects) => await anExport({ objects }) },
  files: { does: 'packs the archive of a household', open: async (archiver) => await anExport({ archiver }) },
  mapper: {
    does: 'reads the meters of a building out of a system of somebody else',
    absorbed: true,
    open: async (through) => {
      const world = await aWorld();
      const bems = await fakeEnterpriseBems('secret');
      const http = httpToFakes({ [enterpriseBems.baseUrl]: bems.origin }, 200);
      const deps = {
        ...world,
        http,
        secret: async () => 'secret',
        mapper: through(jsonataMapper()),
        keepReward: async () => undefined,
      };
      return {
        act: async () => {
          const pulled = await pull(deps, enterpriseBems);
          if (pulled && pulled.outcome !== 'done') throw new Error(pulled.reason ?? 'not done');
        },
        later: () => world.clock.set(world.clock.now() + DAY_MS / 4),
        state: async () =>
          (
            await readMeterDay(
              world.table,
              { partnerId: 'building', siteId: 'tower-a', meterId: 'lobby' },
              addDays('2026-11-22', -1),
            )
          ).intervals.length > 0,
        close: bems.close,
      };
    },
  },
  'object-eraser': {
    does: 'erases the files of a household that leaves',
    open: async (through) => {
      const { erasing, traces, sweep } = await aFullWorld();
      await erasing.ask({ forfeit: true });
      const deps = { ...erasing.deps, objects: through(erasing.deps.objects) };
      return {
        act: async () => await erasing.carryOut(ERASURE_ID, { with: deps }),
        state: async () => {
          await sweep();
          return { files: erasing.files.files.size, traces: traces() };
        },
      };
    },
  },
  signer: {
    does: 'vouches for a settlement file',
    open: async (through) => {
      const world = await anOfficeWorld();
      await world.addHome('home-1');
      await world.settleMay('home-1');
      const deps = { ...world, signer: through(world.signer), tell: async () => undefined };
      const partner = aPartner({ partnerId: UTILITY, programmes: [CASHBACK] });
      const close = async () => await closeSettlement(deps, partner, { programme: CASHBACK, period: MAY });
      return {
        act: close,
        state: async () => {
          const { number, lines, amount, signed } = await close();
          return [number, lines, amount, signed !== undefined];
        },
        close: world.close,
      };
    },
  },
};
