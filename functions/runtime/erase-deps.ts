import * as z from 'zod';
import { ERASED_STORES } from '@hems/shared/api/erasures';
import type { EraseDeps, Remains } from '../use-cases/erasure/deps.ts';
import { endGateways } from '../use-cases/devices/end-gateways.ts';
import {
  bus,
  clock,
  everyItem,
  identity,
  ids,
  objectEraser,
  pause,
  registry,
  remains,
  table,
  telemetry,
} from './ports.ts';

const days = z.partialRecord(z.enum(ERASED_STORES), z.coerce.number().int().positive());

/** `backups=35 logs=180`; a deployment that keeps nothing says nothing. */
const remainsOf = (text: string): Remains =>
  days.parse(
    Object.fromEntries(
      text
        .split(' ')
        .filter(Boolean)
        .map((one) => one.split('=')),
    ),
  );

/** What an erasure works with. */
export const eraseDeps = async (): Promise<EraseDeps> => {
  const walk = await everyItem();
  return {
    table: await table(),
    clock: await clock(),
    pause,
    ids: await ids(),
    telemetry: await telemetry(),
    objects: await objectEraser(),
    identity: await identity(),
    bus: await bus(),
    endGateways: async (householdId) =>
      endGateways({ table: await table(), pause, registry: await registry() }, householdId),
    removeGateway: async (gateway) => (await registry()).remove(gateway),
    remains: remainsOf(await (await remains())()),
    ...(walk && { everyItem: walk }),
  };
};
