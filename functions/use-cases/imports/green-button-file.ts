import { feedDays, type FeedDays } from '@hems/models/green-button/feed-days';
import { feedReader } from '@hems/models/green-button/feed-reader';
import type { Refusals } from '@hems/models/history/reasons';
import type { FileReader } from '../../ports/files.ts';

/** The days of a Green Button file, read as it comes. */
export const readGreenButton = async (
  reader: Pick<FileReader, 'tags'>,
  texts: AsyncIterable<string>,
  refused: Refusals,
): Promise<FeedDays> => {
  const feed = feedReader(refused);
  await reader.tags(texts, feed);
  return feedDays(feed.feed, refused);
};
