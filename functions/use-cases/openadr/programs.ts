import { boundProgramme } from '@hems/models/openadr/dispatch';
import type { Program, ProgramRequest } from '@hems/models/openadr/objects';
import { seenById, seenInList } from '@hems/models/openadr/targets';
import { Refused } from '../refusal.ts';
import { objectsOf, type Place } from '../stores/openadr.ts';
import { sightOf, type OpenadrCaller, type OpenadrDeps } from './caller.ts';
import { create, find, newMetadata, pageOf, remove, update, type Paging } from './objects.ts';

const placeOf = ({ programName }: Program): Place => ({ parents: [], uniqueName: ['PROGRAM', programName] });

/** Whose events may call which homes is what the operator wrote for the client, not what a program says. */
const checkBinding = ({ programmes }: OpenadrCaller, body: ProgramRequest): void => {
  const programme = boundProgramme(body);
  if (programme !== undefined && !programmes.includes(programme))
    throw new Refused(
      'forbidden',
      `attributes: this client may not call homes of ${programme}; ask the operator`,
      'no-programme',
    );
};

export const listPrograms = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  query: Paging & { readonly targets?: readonly string[] | undefined },
): Promise<Program[]> => {
  const sight = await sightOf(table, caller);
  return pageOf(objectsOf(table, caller.partnerId, ['PROGRAM', []]), query, (one) =>
    seenInList(one, sight, query.targets),
  );
};

export const createProgram = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  body: ProgramRequest,
): Promise<Program> => {
  checkBinding(caller, body);
  const object: Program = { ...body, ...newMetadata(deps, 'PROGRAM') };
  return create(deps, caller.partnerId, { type: 'PROGRAM', object, place: placeOf(object) });
};

export const readProgram = async (
  deps: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  id: string,
): Promise<Program> => {
  const sight = await sightOf(deps.table, caller);
  return (await find(deps, caller.partnerId, { type: 'PROGRAM', id, see: (one) => seenById(one, sight) })).object;
};

const OF_BUSINESS = { type: 'PROGRAM', mayWrite: () => true, placeOf } as const;

export const updateProgram = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  { id, body }: { readonly id: string; readonly body: ProgramRequest },
): Promise<Program> => {
  checkBinding(caller, body);
  return update(deps, caller.partnerId, {
    ...OF_BUSINESS,
    id,
    next: ({ createdDateTime, modificationDateTime, objectType }) => ({
      ...body,
      id,
      createdDateTime,
      modificationDateTime,
      objectType,
    }),
  });
};

export const deleteProgram = async (deps: OpenadrDeps, { partnerId }: OpenadrCaller, id: string): Promise<Program> =>
  remove(deps, partnerId, {
    ...OF_BUSINESS,
    id,
    before: async () => {
      for await (const event of objectsOf(deps.table, partnerId, ['EVENT', [id]]))
        throw new Refused(
          'conflict',
          `the program has events, the first is ${event.id}; delete them before it`,
          'has-events',
        );
    },
  });
