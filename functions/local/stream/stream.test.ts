import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { localStream, type StreamParts } from './stream.ts';

const textsOf = ({ Records: records }: KinesisStreamEvent): string[] =>
  records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());

/** A stream of one shard whose handler answers or throws as the test says; what was handed over, and what was given up. */
const aStream = (
  answer: (texts: string[], event: KinesisStreamEvent) => KinesisStreamBatchResponse,
  over: Partial<StreamParts> = {},
) => {
  const handed: string[] = [];
  const given: string[] = [];
  const stream = localStream({
    handler: async (event) => {
      handed.push(textsOf(event).join(''));
      return answer(textsOf(event), event);
    },
    setAside: async (event) => void given.push(textsOf(event).join('')),
    shards: 1,
    batchSize: 4,
    windowMs: 5,
    attempts: 2,
    ...over,
  });
  const put = async (texts: string, key = 't-1') =>
    await Promise.all(texts.split('').map(async (text) => await stream.putRaw(key, Buffer.from(text))));
  return { put, handed, given };
};
const OK = { batchItemFailures: [] };
const failing = (event: KinesisStreamEvent, index: number): KinesisStreamBatchResponse => ({
  batchItemFailures: [{ itemIdentifier: event.Records[index]?.kinesis.sequenceNumber ?? '' }],
});

describe('the stream of the tests does as Kinesis and Lambda', () => {
  it('hands over full batches, and at the end of the window what there is, in order', async () => {
    const { put, handed } = aStream(() => OK);
    await put('abcdef');
    expect(handed).toEqual(['abcd', 'ef']);
  });

  it('keeps what is of one home in one shard', async () => {
    const { put, handed } = aStream(() => OK, { shards: 8, batchSize: 100 });
    await Promise.all([put('abc', 't-1'), put('xyz', 't-2')]);
    expect(handed.filter((texts) => texts.includes('a'))).toEqual([expect.stringContaining('abc')]);
  });

  it('brings again what was answered as failed and everything after it, taken or not', async () => {
    let first = true;
    const { put, handed, given } = aStream((texts, event) => {
      const fails = first && texts.includes('c');
      first = false;
      return fails ? failing(event, 2) : OK;
    });
    await put('abcd');
    expect(handed).toEqual(['abcd', 'cd']);
    expect(given).toEqual([]);
  });

  it('halves what throws until it stands alone, and sets that aside whole after its attempts', async () => {
    const { put, handed, given } = aStream((texts) => {
      if (texts.includes('c')) throw new Error('out of memory');
      return OK;
    });
    await put('abcd');
    expect(handed).toEqual(['abcd', 'ab', 'cd', 'c', 'c', 'c', 'd']);
    expect(given).toEqual(['c']);
  });

  it('sets aside from the answered failure on when the attempts are used up, and goes on', async () => {
    const { put, given } = aStream((texts, event) => (texts.includes('b') ? failing(event, texts.indexOf('b')) : OK));
    await put('abcdef');
    expect(given).toEqual(['bcd']);
  });

  it('takes an answer that names no message of the batch for a failure of all of it', async () => {
    const { put, given } = aStream(() => ({ batchItemFailures: [{ itemIdentifier: '' }] }));
    await put('ab');
    expect(given).toEqual(['ab']);
  });
});
