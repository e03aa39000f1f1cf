import { readNoticeSettings } from '@hems/shared/api/inbox';
import { listDevices } from '@hems/shared/api/devices';
import { listMembers } from '@hems/shared/api/members';
import { listProgrammes } from '@hems/shared/api/programmes';
import type { Place } from './fault-place.ts';
import type { Register } from './asked.ts';

const holds = ({ acknowledged, tried }: Register, value: string): boolean =>
  (acknowledged === undefined && tried.length === 0) ||
  value === acknowledged ||
  tried.includes(value) ||
  (acknowledged === undefined && tried.length > 0);

type Asking = Pick<Place, 'people' | 'asked' | 'world'>;

const ofRegisters = async ({ people, asked, world }: Asking): Promise<string[]> => {
  const { settings } = await people.call({ route: readNoticeSettings });
  const [home] = world.readingHomes;
  const { devices } = await people.call({ route: listDevices, params: { householdId: home?.householdId ?? '' } });
  const name = devices.find(({ deviceId }) => deviceId === home?.meter)?.name ?? '';
  return [
    ...(holds(asked.settings, String(settings.weeklyCap))
      ? []
      : [`notice settings say ${settings.weeklyCap}, acknowledged was ${asked.settings.acknowledged}`]),
    ...(holds(asked.deviceName, name)
      ? []
      : [`the meter is called ${name}, acknowledged was ${asked.deviceName.acknowledged}`]),
  ];
};

const ofInvitations = async ({ people, asked, world }: Asking): Promise<string[]> => {
  const { invitations } = await people.call({ route: listMembers, params: { householdId: world.moneyHomes[0] ?? '' } });
  const open = new Set(invitations.map(({ invitationId }) => invitationId));
  return asked.invitations.flatMap(({ email, invitationId }) =>
    invitationId === undefined || open.has(invitationId) ? [] : [`the invitation of ${email} is gone`],
  );
};

const ofEnrolments = async ({ people, asked }: Asking): Promise<string[]> => {
  const gone: string[] = [];
  for (const { householdId } of asked.enrolments.filter((one) => one.acknowledged)) {
    const { programmes } = await people.call({ route: listProgrammes, params: { householdId } });
    if (!programmes.some(({ programme, enrolment }) => programme === 'energy-cashback' && enrolment !== null))
      gone.push(`the application of ${householdId} is gone`);
  }
  return gone;
};

/** Asked from outside: what was acknowledged is what is answered. */
export const askOutside = async (asking: Asking): Promise<string[]> => [
  ...(await ofRegisters(asking)),
  ...(await ofInvitations(asking)),
  ...(await ofEnrolments(asking)),
];
