import type { NoticeDeps } from '../use-cases/notices/deps.ts';
import { clock, ids, keys, letterhead, mailer, pause, push, table } from './ports.ts';

/** What telling people works with. */
export const noticeDeps = async (): Promise<NoticeDeps> => ({
  table: await table(),
  clock: await clock(),
  ids: await ids(),
  pause,
  keys: await keys(),
  mailer: await mailer(),
  push: await push(),
  letterhead: await letterhead(),
});
