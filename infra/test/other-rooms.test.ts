import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract } from '@hems/shared/api/contract';
import { TABLES } from '../constructs/table.ts';
import { TASKS } from '../stacks/workflow-tasks.ts';
import { synthesised } from './synthesised.ts';

/** infra knows functions by path only, so what the two must agree on is read from the text. */
const ROOT = join(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const stacks = synthesised('prod', 'timestream', 'stream');
const environments = Object.values(stacks).flatMap((template) =>
  Object.values(template.findResources('AWS::Lambda::Function')).map(
    ({ Properties }) => Properties.Environment.Variables,
  ),
);

describe('what infra and functions must agree on', () => {
  it('the tables of the Table port', () => {
    const [, names = ''] = /TABLES = \[([^\]]+)\]/.exec(textOf('functions/ports/table.ts')) ?? [];
    expect(names.split(',').map((name) => name.trim().replaceAll("'", ''))).toEqual([...TABLES]);
  });

  it('the names of the environment, none set that is not read and none read that is not set', () => {
    const [, schema = ''] = /z\.object\(\{([\s\S]+?)\}\);/.exec(textOf('functions/runtime/env.ts')) ?? [];
    const read = [...schema.matchAll(/^\s+([A-Z_]+):/gm)].map(([, name]) => name);
    expect(read.length).toBeGreaterThan(5);
    const set = environments.map((variables) => Object.keys(variables));
    expect([...new Set(set.flat())].toSorted()).toEqual(read.toSorted());
    const byEvery = read.filter((name) => set.every((names) => names.includes(name ?? '')));
    const bySome = read.filter((name) => !byEvery.includes(name));
    // what every function is told, and no more than that, is common
    expect(byEvery.filter((name) => !/^(STAGE|LOG_LEVEL|T(ABLE|IMESTREAM|ELEMETRY)_\w+)$/.test(name ?? ''))).toEqual(
      [],
    );
    expect(bySome).toContain('DAILY_RUN');
  });

  it('how the Table adapter puts: by update, which is what may be granted, and into indexes of the same names', () => {
    const adapter = textOf('functions/adapters/aws/table.ts') + textOf('functions/adapters/aws/table-expressions.ts');
    expect(adapter).toMatch(/\bUpdateItemCommand\b/);
    expect(adapter).not.toMatch(/\b(PutItem|BatchWriteItem|Scan)Command\b/);
    expect(adapter).toMatch(/by-\$\{|'by-i1'/);
  });

  it('the entry file of every noun, of both rules and of every task of the daily run', () => {
    const entries = [
      ...Object.keys(contract).map((noun) => `functions/api/${noun}.ts`),
      'functions/events/ingest.ts',
      'functions/events/command-result.ts',
      ...Object.values(TASKS).map(({ entry }) => `functions/jobs/${entry}.ts`),
    ];
    for (const entry of entries) {
      expect(existsSync(join(ROOT, entry)), entry).toBe(true);
      expect(textOf(entry), entry).toMatch(/export const handler\b/);
    }
  });
});
