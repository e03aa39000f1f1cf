import { mayDo } from '@hems/models/household/permissions';
import type { ObjectStore } from '../../ports/object-store.ts';
import { counted, progressOf, TakenOver } from '../file-progress.ts';
import type { KeyDeps } from '../stores/data-keys.ts';
import { archiveKey, exportPut, readExport, type ExportPlace, type KeptExport } from '../stores/exports.ts';
import { readMember, readProfile } from '../stores/households.ts';
import { readPlace } from '../stores/places.ts';
import { energySections, type EnergyDeps } from './energy.ts';
import { greenButtonSection } from './green-button.ts';
import { indexSection } from './index-page.ts';
import { itemSections } from './items.ts';
import { scatteredSections } from './scattered.ts';
import type { Archiver, Section } from '../../ports/files.ts';

export type ExportDeps = KeyDeps & EnergyDeps & { readonly objects: ObjectStore; readonly archiver: Archiver };
/** What became of a request: `over` was answered before, `no-member` is gone or no longer the asking person's. */
export type ExportFate = 'ready' | 'over' | 'no-member' | 'taken-over';

const sectionsOf = async (deps: ExportDeps, { householdId, exportId, personId }: KeptExport): Promise<Section[]> => {
  const subject = { householdId, personId };
  const { name = '' } = await readPlace(deps, householdId);
  return [
    indexSection({ name, madeMs: deps.clock.now() }),
    ...itemSections(deps, subject),
    ...scatteredSections(deps, subject),
    ...(await energySections(deps, householdId)),
    greenButtonSection(deps, { householdId, exportId }),
  ];
};

const write = async (deps: ExportDeps, held: KeptExport): Promise<void> => {
  const progress = progressOf(deps, exportPut, held);
  const sections = await sectionsOf(deps, held);
  await progress.save({ state: 'writing', writtenFiles: 0, totalFiles: sections.length, bytes: 0 });
  let bytes = 0;
  let writtenFiles = 0;
  const written = async (): Promise<void> => {
    writtenFiles += 1;
    await progress.say({ writtenFiles, bytes });
  };
  const zip = deps.archiver.zip(sections, { nowMs: deps.clock.now(), written });
  const count = (soFar: number): void => {
    bytes = soFar;
  };
  await deps.objects.putStream(archiveKey(held), counted(zip, count));
  await progress.save({ state: 'ready', writtenFiles, bytes });
};

const isOver = ({ state }: KeptExport): boolean => state === 'ready' || state === 'failed';

const mayStill = async (deps: ExportDeps, { householdId, personId }: KeptExport): Promise<boolean> => {
  const [profile, member] = await Promise.all([
    readProfile(deps.table, householdId),
    readMember(deps.table, householdId, personId),
  ]);
  return profile !== undefined && member !== undefined && mayDo(member.role, 'export-household');
};

/**
 * Writes the archive that was asked for. Called again it begins anew where it had broken off. Who is erased meanwhile gets none: an erasure
 * ends membership, waits until every function that began before has ended, and then takes away what they wrote.
 */
export const exportHousehold = async (deps: ExportDeps, place: ExportPlace): Promise<ExportFate> => {
  const held = await readExport(deps.table, place);
  if (!held || !(await mayStill(deps, held))) return 'no-member';
  if (isOver(held)) return 'over';
  try {
    await write(deps, held);
    return 'ready';
  } catch (error) {
    if (error instanceof TakenOver) return 'taken-over';
    throw error;
  }
};
