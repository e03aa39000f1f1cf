import type { TodayTexts } from '../ko/today.ts';

export const en: TodayTexts = {
  saved: { less: 'saved', more: 'more used', same: 'as usual' },
  headline: {
    less: 'Less than usual by this time',
    more: 'More than usual by this time',
    same: 'As much as usual by this time',
  },
  headlineOver: {
    less: 'Less than usual',
    more: 'More than usual',
    same: 'As much as usual',
  },
  today: 'today',
  savedOn: (day) => `Saved on ${day}`,
  used: (day, parts) => `${parts} ${day}`,
  usedOfGrid: (grid, home) => `${grid} from the grid, in all ${home}`,
  until: (time) => `until ${time} · provisional`,
  estimated: 'estimated',
  estimatedWhy: 'Some of it is estimated, not measured.',
  noPrice: 'no price',
  expected: ({ time, expected, day, used }) =>
    `Usually ${expected} kWh from the grid until ${time}, ${day} ${used} kWh.`,
  interval: (low, high, percent) =>
    `Usual use lies between ${low} and ${high} kWh in ${percent} % of cases. A difference within that may be chance.`,
  compared: (days) => `Held against ${days} similar days until the same time.`,
  how: (method, version) => `Held against: ${method} (version ${version})`,
  later: 'When today is over, the saving of the whole day is worked out in the same way.',
  why: 'How is this worked out?',

  useEmpty: { title: 'Nothing of today yet', text: 'Use and cost since midnight appear with the first value.' },
  missing: 'Some of the time is missing, so it may be more.',
  bad: 'Some values look wrong and need a check.',

  co2: {
    less: 'less than usual',
    more: 'more than usual',
    same: 'as usual',
    footprint: (day, mass) => `${mass} ${day}`,
  },
  co2Empty: { title: 'The CO₂ of today is not known yet', text: 'It appears once the grid use of today is known.' },

  usual: {
    above: (percent) => `${percent}% above usual`,
    below: (percent) => `${percent}% below usual`,
    same: 'about as usual',
  },

  refused: {
    'insufficient-history': {
      title: 'A few more days are needed',
      text: 'With 4 similar days on record you see here at once what today has saved.',
    },
    'nothing-yet': {
      title: 'Waiting for the first value of today',
      text: 'It is worked out once a quarter hour is known.',
    },
    'missing-use': { title: 'Some of today is missing', text: 'It is worked out again when the missing values come.' },
    'no-grid-meter': { title: 'A smart meter is needed', text: 'Connect one to see how much today has saved.' },
    'broken-register': {
      title: 'The meter needs a check',
      text: 'Its count jumped, so the saving of today is not worked out.',
    },
  },
  refusedOther: 'The saving of today cannot be told yet',
};
