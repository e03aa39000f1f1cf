import type { FeedReader } from '@hems/models/green-button/feed-reader';

/** A row of a table and the line it ends on. */
export type TableRow = { readonly cells: readonly string[]; readonly line: number };

/**
 * Takes files of residents apart as they come, whatever they are: a file that is broken, endless or a bomb ends in a `FileRefused` after
 * bounded work. Contract suite: `adapters/files/*.test.ts`.
 */
export type FileReader = {
  /** the file itself: as it was sent, or out of a gzip or zip that holds nothing else */
  unpacked(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** tells the tags and texts of XML */
  tags(texts: AsyncIterable<string>, reader: Pick<FeedReader, 'open' | 'text' | 'close'>): Promise<void>;
  /** the rows of a table whose cells are parted by `delimiter`; empty lines are passed over */
  rows(texts: AsyncIterable<string>, delimiter: string): AsyncIterable<TableRow>;
};

/** A file of an archive before it is written. Of one that comes without any text nothing is written. */
export type Section = { readonly path: string; readonly texts: () => AsyncIterable<string> };

/** Makes archives as they are read: at any moment no more is held than a piece of one file. */
export type Archiver = {
  /** `written` hears of each section once it is in */
  zip(
    sections: readonly Section[],
    when: { readonly nowMs: number; readonly written: () => Promise<void> },
  ): AsyncIterable<Uint8Array>;
};
