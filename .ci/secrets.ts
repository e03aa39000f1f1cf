import { createHash } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

/** A secret, or what looks like one; itself it is told nowhere. */
export type Finding = {
  readonly path: string;
  readonly kind: string;
  readonly sha256: string;
  /** of a file */
  readonly line?: number;
};

/** What this platform hands out and the preset does not know. */
const OURS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['private part of a JSON Web Key', /["']?\bd["']?\s*:\s*["']([\w-]{43})["']/g],
  ['webhook secret', /\bwhsec_([A-Za-z0-9+/=]{24,})/g],
];

const PRESET = { id: '@secretlint/secretlint-rule-preset-recommend', rule: creator };

type Found = { readonly at: number; readonly kind: string; readonly text: string };

const found = async (path: string, content: string): Promise<Found[]> => {
  const { messages } = await lintSource({
    source: { content, filePath: path, contentType: 'text' },
    options: { config: { rules: [PRESET] } },
  });
  const byPreset = messages.map(({ ruleId, range: [at, end] }) => ({
    at,
    kind: ruleId.replace('@secretlint/secretlint-rule-', ''),
    text: content.slice(at, end),
  }));
  const byUs = OURS.flatMap(([kind, pattern]) =>
    [...content.matchAll(pattern)].map(({ index, 0: whole, 1: text = whole }) => ({ at: index, kind, text })),
  );
  return [...byPreset, ...byUs];
};

const toldOf = ({ text, kind }: Found, path: string): Finding => ({
  path,
  kind,
  sha256: createHash('sha256').update(text).digest('hex').slice(0, 16),
});

/** Every secret in a text. */
export const secretsIn = async (path: string, content: string): Promise<Finding[]> =>
  (await found(path, content)).map((one) => ({
    ...toldOf(one, path),
    line: content.slice(0, one.at).split('\n').length,
  }));

/**
 * Every secret that a line of a history ever added, as `git log --patch` writes it, by the path it was added to. Read in one piece: of
 * thousands of changes, setting out costs more than reading.
 */
export const secretsInHistory = async (history: string): Promise<Finding[]> => {
  const added = history
    .split('\n')
    .flatMap((line) => (line.startsWith('+') ? [line.slice(1)] : line.startsWith('diff --git ') ? [line] : []))
    .join('\n');
  const paths = [...added.matchAll(/^diff --git a\/\S+ b\/(\S+)$/gm)];
  const pathAt = (at: number): string => paths.findLast(({ index }) => index <= at)?.[1] ?? 'history';
  return (await found('history', added)).map((one) => toldOf(one, pathAt(one.at)));
};
