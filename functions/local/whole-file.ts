import { rename, writeFile } from 'node:fs/promises';

/** In one step: whoever dies on the way leaves what was there before, or nothing, and never a part. Only its owner may read it. */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  const beside = `${file}.${process.pid}.new`;
  await writeFile(beside, text, { mode: 0o600, flush: true });
  await rename(beside, file);
};
