import { expect, it } from 'vitest';
import { STACKS } from '../config.ts';
import { synthesised } from './synthesised.ts';

const templates = synthesised('prod', 'timestream');

const masked = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === 'S3Key' || key === 'Metadata' ? undefined : inner)));

/** What holds data in full; of the rest, which resources there are. */
it('the reference deployment changes only on purpose', () => {
  const whole = new Set(['foundation', 'data', 'identity']);
  const seen = STACKS.map((stack) => {
    const { Resources } = templates[stack].toJSON();
    const types = Object.entries<any>(Resources).map(([id, { Type }]) => `${Type} ${id}`);
    return [stack, whole.has(stack) ? masked(Resources) : types.toSorted()];
  });
  expect(Object.fromEntries(seen)).toMatchSnapshot();
});
