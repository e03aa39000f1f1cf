import { kwhText } from '../../format/energy.ts';
import { amountText, wonText } from '../../format/money.ts';
import type { NoticeTexts } from '../notice-texts.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = /^\d{4}-(\d\d)-(\d\d)$/;
const day = (date: string): string => date.replace(DAY, (_, month, of) => `${Number(of)} ${MONTHS[Number(month) - 1]}`);
const TIERS: Record<string, string> = { '2': 'tier 2', '3': 'tier 3', super: 'the super-user tier' };
const SECURITY: Record<string, string> = {
  'residence-claimed':
    'Another household says it is at your address. If nobody has moved in with you, tell the operator.',
  'residence-guessed': 'Somebody has tried wrong residence codes for your address. Nothing was opened.',
  'residence-locked': 'Ten residence codes were wrong, so no more are looked at. An operator unlocks it after a check.',
  'residence-approved': 'An operator has confirmed that you live there. Your use is open now.',
  'residence-refused': 'An operator could not confirm that you live there. The reason is under Getting started.',
  'residence-unlocked': 'An operator has unlocked the residence codes. You may try again.',
  'membership-ended': 'You are no longer a member of this home. If you did not do this, ask its owner.',
  'claims-locked':
    'A device code was entered wrongly too often, so adding devices is locked. If it was not you, tell the help desk.',
  'gateway-doubled':
    'Two devices use the same certificate. Look at the devices screen and disconnect the one you do not know.',
  'home-erased':
    'A home that you were a member of is being erased by its owner, with all its readings. If you did not expect this, ask the owner at once.',
  'role-changed': 'Your role in this home has changed. See the members screen.',
};

export const en: NoticeTexts = {
  'unusual-use': {
    title: () => 'Your home uses more electricity than usual',
    text: ({ toHour, usedWh, usualWh }) =>
      `${kwhText(usedWh)} kWh in the two hours until ${toHour}:00. At this time it is usually ${kwhText(usualWh)} kWh. See whether something was left on.`,
  },
  'tier-ahead': {
    title: ({ intoTier }) => `You are heading for ${TIERS[intoTier] ?? intoTier}`,
    text: ({ atKwh, crossesOn }) => `At this pace you pass ${atKwh} kWh around ${day(crossesOn)}.`,
  },
  budget: {
    title: () => 'This bill is likely to pass your budget',
    text: ({ projectedWon, budgetWon }) => `Projected: ${wonText(projectedWon)}. Your budget: ${wonText(budgetWon)}.`,
  },
  'event-invitation': {
    title: ({ date, fromHour, toHour }) => `Saving event on ${day(date)}, ${fromHour}:00 to ${toHour}:00`,
    text: ({ joined }) =>
      joined === 'rule'
        ? 'Your rule has joined for you. You can leave on the screen of the event.'
        : 'What you save then is rewarded. See what it may earn, and join or decline.',
  },
  'event-result': {
    title: () => 'The result of your saving event is in',
    text: ({ amount, unit }) =>
      amount > 0
        ? `You earn ${amountText(amount, unit)}. It may change until the readings are final.`
        : 'There is no reward this time. See the details.',
  },
  'device-offline': {
    title: () => 'A device is not reporting',
    text: () => 'Check its power and internet connection. What it missed is fetched when it is back.',
  },
  'reward-paid': {
    title: () => 'Your reward was paid',
    text: ({ amount, unit }) => `We sent ${amountText(amount, unit)}.`,
  },
  'challenge-end': {
    title: () => 'Your challenge has ended',
    text: ({ amount, unit }) =>
      amount > 0 ? `You reached the goal and earn ${amountText(amount, unit)}.` : 'See the result.',
  },
  'weekly-summary': {
    title: ({ importWh }) => `You drew ${kwhText(importWh)} kWh from the grid last week`,
    text: ({ from, to, importWh, beforeImportWh, costWon }) =>
      [
        `${day(from)} to ${day(to)}.`,
        beforeImportWh === undefined
          ? undefined
          : importWh === beforeImportWh
            ? 'As much as the week before.'
            : `${kwhText(Math.abs(importWh - beforeImportWh))} kWh ${importWh > beforeImportWh ? 'more' : 'less'} than the week before.`,
        costWon === undefined ? undefined : `That is ${wonText(costWon)}.`,
      ]
        .filter((part) => part !== undefined)
        .join(' '),
  },
  security: {
    title: () => 'Security notice',
    text: ({ what }) => SECURITY[what] ?? 'Something concerns the security of your account or home. See the app.',
  },
  marketing: {
    title: () => '(광고) There is a programme your home may join',
    text: () => 'See its conditions and rewards in the app.',
  },
  letter: {
    brand: 'Home Energy',
    open: 'Details',
    settings: 'Notification settings',
    from: (contact) => `Sent by Home Energy (${contact})`,
    unsubscribe: 'Unsubscribe from advertising (free)',
    unsubscribePush: 'You can unsubscribe in the notification settings, free of charge.',
  },
};
