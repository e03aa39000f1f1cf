import { describe, expect, test } from 'vitest';
import { changeProblem, mayDo, type Action } from './permissions.ts';

test.each<[Action, string[]]>([
  ['order-devices', ['owner', 'member']],
  ['manage-devices', ['owner', 'member']],
  ['change-meters', ['owner']],
  ['set-supply', ['owner', 'member']],
  ['set-home', ['owner', 'member']],
  ['take-part', ['owner', 'member']],
  ['ask-payout', ['owner', 'member']],
  ['manage-members', ['owner']],
])('%s is for %j', (action, allowed) => {
  const roles = ['owner', 'member', 'viewer'] as const;
  expect(roles.filter((role) => mayDo(role, action))).toEqual(allowed);
});

describe('a change of members', () => {
  const HOME = [
    { sub: 'ada', role: 'owner' },
    { sub: 'ben', role: 'member' },
    { sub: 'cho', role: 'viewer' },
  ] as const;
  const TWO_OWNERS = [...HOME, { sub: 'dan', role: 'owner' }] as const;

  test.each([
    ['an owner makes a viewer a member', { by: 'ada', of: 'cho', to: 'member' }],
    ['an owner makes a member a second owner', { by: 'ada', of: 'ben', to: 'owner' }],
    ['an owner takes a member out', { by: 'ada', of: 'ben', to: null }],
    ['a member leaves', { by: 'ben', of: 'ben', to: null }],
    ['a viewer leaves', { by: 'cho', of: 'cho', to: null }],
    ['the last owner stays an owner', { by: 'ada', of: 'ada', to: 'owner' }],
  ] as const)('%s', (_, change) => {
    expect(changeProblem(HOME, change)).toBeUndefined();
  });

  test.each([
    ['a member makes himself an owner', { by: 'ben', of: 'ben', to: 'owner' }, 'not-owner'],
    ['a member demotes the owner', { by: 'ben', of: 'ada', to: 'viewer' }, 'not-owner'],
    ['a member takes a viewer out', { by: 'ben', of: 'cho', to: null }, 'not-owner'],
    ['a stranger takes the owner out', { by: 'eve', of: 'ada', to: null }, 'not-owner'],
    ['a stranger leaves', { by: 'eve', of: 'eve', to: null }, 'not-owner'],
    ['an owner changes nobody', { by: 'ada', of: 'eve', to: 'member' }, 'no-such-member'],
    ['the last owner leaves', { by: 'ada', of: 'ada', to: null }, 'last-owner'],
    ['the last owner demotes herself', { by: 'ada', of: 'ada', to: 'member' }, 'last-owner'],
  ] as const)('%s: refused', (_, change, problem) => {
    expect(changeProblem(HOME, change)).toBe(problem);
  });

  test('one of two owners may leave, be demoted, be taken out', () => {
    expect(changeProblem(TWO_OWNERS, { by: 'ada', of: 'ada', to: null })).toBeUndefined();
    expect(changeProblem(TWO_OWNERS, { by: 'ada', of: 'dan', to: 'viewer' })).toBeUndefined();
    expect(changeProblem(TWO_OWNERS, { by: 'dan', of: 'ada', to: null })).toBeUndefined();
  });
});
