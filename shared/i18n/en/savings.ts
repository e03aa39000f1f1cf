import type { SavingsTexts } from '../ko/savings.ts';

export const en: SavingsTexts = {
  saved: { won: 'Cost', energy: 'Energy', co2: 'CO₂' },
  less: 'less than usual',
  more: 'more than usual',
  same: 'as much as usual',
  expected: (expected, used) => `Usual would have been ${expected} kWh; ${used} kWh were used`,
  interval: (low, high, percent) =>
    `With ${percent} % probability the usual is between ${low} and ${high} kWh; a difference inside that may be chance.`,
  how: (method, version) => `Compared with: ${method} (version ${version})`,
  provisional: 'provisional · late readings may change it for 30 days',
  final: 'final',
  noPrice: 'cannot be priced',
  pine: (days) => `What one pine absorbs in ${days} days.`,
  sum: (s) => `${s.days} of the last 30 days together: ${s.energy}, ${s.won}, CO₂ ${s.co2}`,
  sumProvisional: '(provisional)',
  why: 'How is this worked out?',
  todayLater: 'Today’s saving is worked out early tomorrow.',
  notYet: { title: 'Yesterday is not worked out yet', text: 'A day is worked out early in the next morning.' },
  refused: 'Yesterday’s saving cannot be told',

  grade: (grade) => `Grade ${grade}`,
  score: (score) => `${score} of 100 points`,
  ours: 'Our own convention; not a grade of the government.',
  whyScore: 'Why this grade?',
  over: (from, to) => `${from} – ${to}`,
  noScore: 'There is no grade yet',
  line: {
    use: (wh, days) => `${wh} kWh were used in the last ${days} days.`,
    'normal-weather': (change) => `Under normal weather: ${change} kWh`,
    'normal-size': (area, as, change) => `${area} m² brought to ${as} m²: ${change} kWh`,
    'comparable-use': (wh) => `That makes ${wh} kWh to compare with.`,
    'peer-median': (wh, homes) => `The middle of ${homes} similar homes is ${wh} kWh.`,
    'table-median': (wh, peers, needed) =>
      `There are only ${peers} similar homes (${needed} are needed), so a survey’s ${wh} kWh is used.`,
    ratio: (percent) => `Your home used ${percent} % of that.`,
    score: (score, grade) => `Hence ${score} points, grade ${grade}.`,
  },
  remark: {
    'weather-not-considered': 'The weather is not considered.',
    'size-not-considered': 'The floor area is not known, so size is not considered.',
    'table-knows-no-seasons': 'The survey knows no seasons, so summer and winter may score low.',
  },
  scoreProvisional: 'Provisional: the figures compared with are not official.',
};
