/** What was looked at, what was found, and where it is not well, what to do. */
export type Finding =
  | { readonly state: 'ok'; readonly what: string; readonly says: string }
  | { readonly state: 'warns' | 'fails'; readonly what: string; readonly says: string; readonly todo: string };

export const ok = (what: string, says: string): Finding => ({ state: 'ok', what, says });
export const warns = (what: string, says: string, todo: string): Finding => ({ state: 'warns', what, says, todo });
export const fails = (what: string, says: string, todo: string): Finding => ({ state: 'fails', what, says, todo });

const MARKS = { ok: 'ok   ', warns: 'warn ', fails: 'FAIL ' };

export const linesOf = (finding: Finding): string[] => [
  `${MARKS[finding.state]} ${finding.what}: ${finding.says}`,
  ...(finding.state === 'ok' ? [] : [`        ${finding.todo}`]),
];
