import { ApiError } from '@hems/shared/errors/api-error';
import { aSession } from '@hems/shared/testing/answers';
import type { Answers } from '@hems/shared/testing/asked';
import { anOutsider } from '@hems/shared/testing/community-answers';
import { emptyAnswers } from '@hems/shared/testing/empty-answers';
import { anEventDetail, aPastEvent, aRunningEvent } from '@hems/shared/testing/event-answers';
import { flatAnswers } from '@hems/shared/testing/flat-answers';
import { flatEquipment } from '@hems/shared/testing/flat-people';
import { partialAnswers } from '@hems/shared/testing/partial-answers';

/** What the service says in the states in which it answers. The app fetches it apart, as it fetches what the service says. */
const ANSWERS: Readonly<Record<'ready' | 'empty' | 'partial', Answers>> = {
  ready: {},
  empty: emptyAnswers,
  partial: partialAnswers,
};

const NO_CONSENT = { type: 'about:blank', title: 'Refused', status: 403, code: 'no-consent' };

/** What differs where a screen is shown to somebody else than the people of the flat. */
const SCENES: Readonly<Record<string, Answers>> = {
  outsider: { readCommunity: () => anOutsider() },
  'no-consent': {
    readForecast: () => {
      throw new ApiError('no-permission', 'the home has not agreed to the analysis', { problem: NO_CONSENT });
    },
  },
  // What it measures may still be missing.
  'known-device': { listDevices: ({ nowMs }) => flatEquipment(nowMs) },
  'event-running': {
    readHouseholdEvent: () => {
      const event = aRunningEvent();
      const untilMs = event.startsMs + 60 * 60_000;
      return anEventDetail({ event, running: { untilMs, importWh: 620, baselineWh: 810, missingSlots: 0 } });
    },
  },
  'event-over': { readHouseholdEvent: () => anEventDetail({ event: aPastEvent() }) },
  newcomer: { readSession: () => aSession({ households: [] }) },
};

export const answerIn = (name: string, state: keyof typeof ANSWERS, scene = ''): Answers[string] | undefined =>
  SCENES[scene]?.[name] ?? ANSWERS[state][name] ?? flatAnswers[name];
