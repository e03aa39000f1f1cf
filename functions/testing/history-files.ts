import { strToU8 } from 'fflate';
import { FileRefused, refusals } from '@hems/models/history/reasons';
import { fileReader } from '../adapters/files/file-reader.ts';
import { readHistory } from '../use-cases/imports/read-history.ts';

export async function* chunksOf(bytes: Uint8Array, size = 10_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
export const read = async (file: Uint8Array | string, size?: number) => {
  const refused = refusals();
  const history = await readHistory(
    fileReader,
    chunksOf(typeof file === 'string' ? strToU8(file) : file, size),
    refused,
  );
  return { ...history, refused: refused.first, refusedCount: refused.count() };
};
export const refusalOf = async (work: Promise<unknown>): Promise<FileRefused> => {
  const error: unknown = await work.catch((one: unknown) => one);
  if (!(error instanceof FileRefused)) throw new Error('the file was not refused', { cause: error });
  return error;
};

export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
export const pad = (value: number): string => String(value).padStart(2, '0');
/** 0.1 kWh in the first hour, 0.2 in the second …: 30 kWh a day */
export const day = (date: string): string =>
  HOURS.map((hour) => `${date},${pad(hour + 1)}:00,${(hour + 1) / 10}\n`).join('');
export const HEADER = '일자,시간,사용량(kWh)\n';
