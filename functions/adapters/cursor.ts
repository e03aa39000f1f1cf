import * as z from 'zod';
import { BadCursor, type Key } from '../ports/table.ts';

const place = z.tuple([z.string(), z.string()]);

/** Where a page ended, as an opaque text. It names a position only: the partition always comes from the query. */
export const cursorAfter = ({ sk, pk }: Pick<Key, 'pk' | 'sk'>): string =>
  Buffer.from(JSON.stringify([sk, pk])).toString('base64url');

export const readCursor = (cursor: string): { readonly sk: string; readonly pk: string } => {
  try {
    const [sk, pk] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { sk, pk };
  } catch (error) {
    throw new BadCursor('the cursor is none that this table gave out; start again without it', { cause: error });
  }
};
