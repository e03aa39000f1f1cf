import type { StreamLeft } from '../../adapters/aws/deploy-stream.ts';
import { INGEST_MODES, type IngestMode } from './deploy-assembly.ts';

/** How the stage takes its readings in now. `left`: of one that has a stream. */
export type IngestInUse = { readonly mode: IngestMode; readonly left?: StreamLeft };

export type ModeChoice = { readonly mode: IngestMode; readonly because: string };
export type ModeRefused = { readonly why: string; readonly todo: string };

export const isIngestMode = (text: string): text is IngestMode => INGEST_MODES.some((mode) => mode === text);

/** What keeps a stream from being taken away with what is in it; undefined: nothing. */
const leftIn = ({ arrived, behindMs, isRead, setAside }: StreamLeft): string | undefined => {
  if (arrived > 0) return `${arrived} messages were put into it in the last quarter of an hour`;
  if (behindMs !== undefined)
    return `its reader was at work in the last quarter of an hour, up to ${behindMs} ms behind`;
  if (!isRead) return 'nothing says that its reader has come to its end';
  return setAside > 0 ? `${setAside} batches that the reader gave up are not handed in` : undefined;
};

const leaveStream = ({ mode, left }: IngestInUse, stage: string): ModeChoice | ModeRefused => {
  const deploy = `npm run deploy -- --stage ${stage} --ingest`;
  if (mode === 'stream')
    return {
      why: `${stage} takes readings from a stream; without a word they would be deleted with it`,
      todo: `${deploy} drain (rules call the function, the stream is read to its end), and a quarter of an hour later ${deploy} direct`,
    };
  const kept = left ? leftIn(left) : 'nobody can say what is in it';
  if (kept === undefined) return { mode: 'direct', because: 'the stream is read to its end and is taken away' };
  return {
    why: `the stream of ${stage} may hold readings: ${kept}`,
    todo: `wait until it is empty, hand in what was given up (npm run hems -- set-aside hand-in --stage ${stage}), then ${deploy} direct`,
  };
};

/** The mode to deploy: the one that is asked for where the way there loses no reading; else the one in use. */
export const modeToBe = (
  stage: string,
  wanted: IngestMode | undefined,
  inUse: IngestInUse | undefined,
): ModeChoice | ModeRefused => {
  const now = inUse?.mode ?? 'direct';
  if (wanted === undefined || wanted === now)
    return { mode: now, because: inUse ? `${stage} takes readings in by ${now} and keeps that` : 'a new stage' };
  if (wanted === 'drain' && now === 'direct')
    return {
      why: `${stage} has no stream to drain`,
      todo: `npm run deploy -- --stage ${stage}, with --ingest stream if it is to have one`,
    };
  if (wanted === 'direct' && inUse) return leaveStream(inUse, stage);
  return { mode: wanted, because: `--ingest ${wanted}` };
};
