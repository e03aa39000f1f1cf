import * as z from 'zod';
import { challenge, type ChallengeValue } from '@hems/shared/api/challenges';
import type { Item, Key, Put, Table } from '../../ports/table.ts';
import { keptFrom } from './community.ts';

/**
 * Challenges, table `community`: `CHALLENGES` / id, how many take part `COUNT#<id>`, and who takes part in what, `M#<member>` /
 * `CHALLENGE#<id>`.
 */
const announced = z.object({ announcedOn: z.string(), challenge });
export type Announced = ChallengeValue & { readonly announcedOn: string };
const parse = ({ data }: Item): Announced => {
  const { challenge: known, announcedOn } = announced.parse(data);
  return { ...known, announcedOn };
};

const PARTITION = 'CHALLENGES';
const challengeKey = (challengeId: string): Key => ({ table: 'community', pk: PARTITION, sk: challengeId });

export const readChallenge = async (table: Table, challengeId: string): Promise<Announced | undefined> => {
  const item = await table.get(challengeKey(challengeId));
  return item && parse(item);
};

/** All that are kept, by id. */
export const listChallenges = async (table: Table): Promise<Announced[]> => {
  const { items } = await table.query({ table: 'community', value: PARTITION });
  return items.map(parse);
};

/** Throws ConditionFailed when the id is taken. */
export const putNewChallenge = (table: Table, { announcedOn, ...content }: Announced): Promise<void> =>
  table.put({
    ...challengeKey(content.challengeId),
    data: { announcedOn, challenge: content },
    expiresAt: keptFrom(content.to),
    if: { absent: true },
  });

const participation = z.object({ joinedOn: z.string(), leftOn: z.nullable(z.string()), to: z.string() });
export type Participation = z.infer<typeof participation> & { readonly challengeId: string };
export type VersionedParticipation = Participation & { readonly version: number };

const CHALLENGE = 'CHALLENGE#';
const partition = (memberId: string): string => `M#${memberId}`;

export const readParticipations = async (table: Table, memberId: string): Promise<VersionedParticipation[]> => {
  const { items } = await table.query({ table: 'community', value: partition(memberId), prefix: CHALLENGE });
  return items.map(({ sk, data, version }) => ({
    ...participation.parse(data),
    challengeId: sk.slice(CHALLENGE.length),
    version,
  }));
};

/** The write of a participation that was read at `version`, or is new (0). */
export const participationPut = (memberId: string, { challengeId, version, ...data }: VersionedParticipation): Put => ({
  table: 'community',
  pk: partition(memberId),
  sk: `${CHALLENGE}${challengeId}`,
  data,
  expiresAt: keptFrom(data.to),
  if: version === 0 ? { absent: true } : { version },
});

const count = z.object({ participants: z.int() });
export type Count = { readonly challengeId: string; readonly participants: number; readonly version: number };
const countKey = (challengeId: string): Key => ({ table: 'community', pk: `COUNT#${challengeId}`, sk: 'COUNT' });

export const readCounts = async (table: Table, challengeIds: readonly string[]): Promise<Count[]> => {
  const items = await table.batchGet(challengeIds.map(countKey));
  return challengeIds.map((challengeId, i) => {
    const item = items[i];
    return { challengeId, version: item?.version ?? 0, ...(item ? count.parse(item.data) : { participants: 0 }) };
  });
};

export const countPut = ({ challengeId, participants, version }: Count, to: string): Put => ({
  ...countKey(challengeId),
  data: { participants },
  expiresAt: keptFrom(to),
  if: version === 0 ? { absent: true } : { version },
});
