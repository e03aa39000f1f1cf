import { describe, expect, it } from 'vitest';
import { STACKS } from '../config.ts';
import { stacksOf } from './synthesised.ts';

const seoul = stacksOf('prod', 'blocks');
const tokyo = stacksOf('prod', 'timestream');

describe('a stage', () => {
  it('is deployed in an order in which no stack waits for a later one', () => {
    for (const [at, name] of STACKS.entries()) {
      const before = STACKS.slice(0, at).map((earlier) => seoul[earlier]);
      expect(before, name).toEqual(expect.arrayContaining(seoul[name].dependencies));
    }
  });

  it('has the same stack names with either store, so that it cannot be there twice', () => {
    expect(STACKS.map((name) => seoul[name].stackName)).toEqual(STACKS.map((name) => `hems-prod-${name}`));
    expect(STACKS.map((name) => tokyo[name].stackName)).toEqual(STACKS.map((name) => `hems-prod-${name}`));
  });

  it('lies in Seoul with its homes, and in Tokyo where only Tokyo has Timestream', () => {
    expect(new Set(STACKS.map((name) => seoul[name].region))).toEqual(new Set(['ap-northeast-2']));
    expect(new Set(STACKS.map((name) => tokyo[name].region))).toEqual(new Set(['ap-northeast-1']));
  });

  it('protects the stacks that hold data from being taken down, and only those', () => {
    const held = STACKS.filter((name) => seoul[name].terminationProtection);
    expect(held).toEqual(['foundation', 'data', 'identity']);
    const kept = Object.entries(seoul).filter(([, stack]) =>
      holdsData(stack.node.findAll().map(({ constructor }) => constructor.name)),
    );
    expect(kept.map(([name]) => name).toSorted()).toEqual(held.toSorted());
  });
});

const HOLDERS = new Set(['CfnGlobalTable', 'CfnBucket', 'CfnUserPool', 'CfnKey', 'CfnDatabase']);
const holdsData = (names: string[]): boolean => names.some((name) => HOLDERS.has(name));
