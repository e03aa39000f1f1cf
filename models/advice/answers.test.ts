import { expect, test } from 'vitest';
import { isHeldBack, stillHolds, wasPutOff, type Answered } from './answers.ts';
import { choose } from './choose.ts';
import type { RuleCode } from './codes.ts';
import type { Candidate } from './rules.ts';
import type { Safeguard } from './safeguard.ts';

const candidate = (rule: RuleCode, low = 2000, deviceId: string | null = null): Candidate => ({
  rule,
  deviceId,
  wonPerMonth: { low, high: 2 * low },
  data: [],
});
const answered = (rule: RuleCode, answer: Answered['answer'], cause: Answered['cause'] = null): Answered => ({
  adviceId: `${rule}_1`,
  rule,
  deviceId: null,
  answer,
  cause,
  onDate: '2026-01-01',
  lowWon: 2000,
});
const heldOn = (one: Candidate, said: Answered, dates: readonly string[]): boolean[] =>
  dates.map((date) => isHeldBack(one, [said], date));

test.each<[string, Candidate, Answered, [heldOn: string, freeOn: string | null]]>([
  [
    'what was put off comes back after two weeks',
    candidate('standby'),
    answered('standby', 'later'),
    ['2026-01-14', '2026-01-15'],
  ],
  [
    'what was taken rests for half a year',
    candidate('standby'),
    answered('standby', 'accept'),
    ['2026-06-29', '2026-06-30'],
  ],
  [
    'what is done already rests for a year',
    candidate('standby'),
    answered('standby', 'not-useful', 'done-already'),
    ['2026-12-31', '2027-01-01'],
  ],
  [
    'what is not possible never comes back',
    candidate('standby'),
    answered('standby', 'not-useful', 'not-possible'),
    ['2046-01-01', null],
  ],
  [
    'what is not true of the home rests for a year',
    candidate('lighting'),
    answered('lighting', 'not-useful', 'not-true'),
    ['2026-12-31', '2027-01-01'],
  ],
  [
    'who found less cooling uncomfortable is asked for no less heating',
    candidate('heater-set-point'),
    answered('cooler-set-point', 'not-useful', 'too-uncomfortable'),
    ['2026-12-31', '2027-01-01'],
  ],
  [
    'what saves less than twice what was too little is kept back',
    candidate('lighting', 3999),
    answered('standby', 'not-useful', 'too-little'),
    ['2026-12-31', '2027-01-01'],
  ],
])('%s', (_, one, said, [held, free]) => {
  expect(heldOn(one, said, [held])).toEqual([true]);
  expect(stillHolds(said, held)).toBe(true);
  expect(heldOn(one, said, free === null ? [] : [free])).not.toContain(true);
});

test.each<[string, Candidate, Answered]>([
  ['another suggestion than the one put off', candidate('lighting'), answered('standby', 'later')],
  [
    'the same suggestion about another plug',
    candidate('idle-plug', 2000, 'plug-2'),
    { ...answered('idle-plug', 'not-useful', 'not-possible'), deviceId: 'plug-1' },
  ],
  [
    'what saves twice what was too little',
    candidate('lighting', 4000),
    answered('standby', 'not-useful', 'too-little'),
  ],
  [
    'standby for who found cooling uncomfortable',
    candidate('standby'),
    answered('cooler-set-point', 'not-useful', 'too-uncomfortable'),
  ],
  [
    'a contract for who found a lamp uncomfortable',
    candidate('contract-choice'),
    answered('lighting', 'not-useful', 'too-uncomfortable'),
  ],
])('is still suggested: %s', (_, one, said) => {
  expect(isHeldBack(one, [said], '2026-01-02')).toBe(false);
});

const FREE: Safeguard = { shown: null, touches: new Set() };

test('at most three are shown, by what they save at the cautious end, and what was put off before counts half', () => {
  const candidates = [
    candidate('lighting', 600),
    candidate('standby', 3000),
    candidate('contract-choice', 900),
    candidate('idle-plug', 1700),
  ];
  const rulesShown = (said: Answered[]): [string, boolean][] =>
    choose(candidates, { safeguard: FREE, answered: said, today: '2026-02-01' }).map(({ rule, putOff }) => [
      rule,
      putOff,
    ]);
  expect(rulesShown([])).toEqual([
    ['standby', false],
    ['idle-plug', false],
    ['contract-choice', false],
  ]);
  expect(rulesShown([answered('standby', 'later')])).toEqual([
    ['idle-plug', false],
    ['standby', true],
    ['contract-choice', false],
  ]);
  expect(wasPutOff(candidate('standby'), [answered('standby', 'accept')])).toBe(false);
});
