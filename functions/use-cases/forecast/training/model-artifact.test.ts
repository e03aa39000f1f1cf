import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toModelFile } from '@hems/models/forecast/model-file';
import { smallModels } from '@hems/models/forecast/testing/homes';
import { aFilesWorld, type FilesWorld } from '../../../testing/files-world.ts';
import { layChampion } from './champion.ts';
import { championKey, shippedKey } from './folders.ts';
import { judgeTraining } from './judge-training.ts';
import { readModelArtifact } from './model-artifact.ts';

const KEY = 'models/week-1/output/model.tar.gz';
const models = smallModels();
const text = JSON.stringify(toModelFile(models));

/** As tar writes it: a block with name and octal size, then the bytes in whole blocks. */
const entry = (name: string, content: string): Buffer => {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
};
const archive = (...entries: Buffer[]): Uint8Array => gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));

let world: FilesWorld;
beforeAll(async () => {
  world = await aFilesWorld();
});
afterAll(async () => {
  await world.database.close();
  await world.close();
});
const put = async (bytes: Uint8Array): Promise<void> => world.objects.put(KEY, bytes);

describe('the file that a training leaves', () => {
  it.each([
    ['by its name', archive(entry('model.json', text))],
    [
      'beside others, from the folder',
      archive(entry('./', ''), entry('./log.txt', 'x'.repeat(700)), entry('./model.json', text)),
    ],
  ])('gives the model %s', async (_, bytes) => {
    await put(bytes);
    const read = await readModelArtifact(world, KEY);
    expect(read.models.provenance).toEqual(models.provenance);
    expect(new TextDecoder().decode(read.bytes)).toBe(text);
  });

  it.each([
    ['holds no model', archive(entry('log.txt', 'no')), /holds no model\.json/],
    [
      'holds a model of another format',
      archive(entry('model.json', '{"format":"hems-forecast/1"}')),
      /hems-forecast\/2/,
    ],
    ['is no tar', gzipSync(Buffer.from('é'.repeat(600))), /no tar|no model\.json/],
  ])('is refused when it %s', async (_, bytes, why) => {
    await put(bytes);
    await expect(readModelArtifact(world, KEY)).rejects.toThrow(why);
  });

  it('is asked for in vain when the training left none', async () => {
    await expect(readModelArtifact(world, 'models/none/output/model.tar.gz')).rejects.toThrow(
      /there is no models\/none/,
    );
  });
});

describe('the model to compare with', () => {
  const shipped = { ...models, provenance: { ...models.provenance, modelVersion: 'shipped-1' } };
  const versionAt = async (key: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await world.objects.get(key))).provenance.modelVersion;
  const lay = async (artifact: string | null, over: Partial<FilesWorld> = {}) => {
    const deps = { ...world, ...over, shippedModels: async () => shipped };
    const laid = await layChampion(deps, { execution: 'week-2', artifact });
    expect(await versionAt(shippedKey('week-2'))).toBe('shipped-1');
    return { ...laid, version: await versionAt(championKey('week-2')) };
  };

  it('is the one in force, byte for byte', async () => {
    await put(archive(entry('model.json', text)));
    expect(await lay(KEY)).toEqual({ champion: 'in force', reason: null, version: 'small-1' });
    expect(new TextDecoder().decode(await world.objects.get(championKey('week-2')))).toBe(text);
  });

  it('is the one that ships until one is in force', async () => {
    expect(await lay(null)).toEqual({ champion: 'shipped', reason: null, version: 'shipped-1' });
  });

  it('is the one that ships when the one in force was made for other code, and says so', async () => {
    await put(archive(entry('model.json', text.replace('hems-forecast/2', 'hems-forecast/1'))));
    expect(await lay(KEY)).toMatchObject({
      champion: 'shipped',
      reason: expect.stringMatching(/format/),
      version: 'shipped-1',
    });
  });

  it.each([
    ['is not there', async () => lay('models/none/output/model.tar.gz'), /there is no models\/none/],
    [
      'is cut off',
      async () => {
        await put(archive(entry('model.json', text.slice(0, 100))));
        return lay(KEY);
      },
      /JSON/,
    ],
    [
      'cannot be read now',
      async () => {
        const getStream = async (): Promise<never> => {
          throw new Error('SlowDown');
        };
        return lay(KEY, { objects: { ...world.objects, getStream } });
      },
      /SlowDown/,
    ],
  ])('is never the one that ships because the one in force %s: that ends the training', async (_, laying, why) => {
    await expect(laying()).rejects.toThrow(why);
  });
});

it('a model is judged by the figures in its own file', async () => {
  await put(archive(entry('model.json', text)));
  expect(await judgeTraining(world, KEY)).toMatchObject({
    promoted: false,
    modelVersion: 'small-1',
    objections: [expect.stringMatching(/^0 homes could be judged by/)],
  });
  const metrics = {
    homesScored: 30,
    mase: 0.8,
    sevenDayMase: 0.9,
    wql: 39,
    championWql: 39,
    shippedWql: 39,
    coverage80: 80,
    nextHourNmae: 40,
    championNextHourNmae: 40,
    persistenceNmae: 50,
    bias: 0,
    championBias: 0,
  };
  const thirds = Object.fromEntries(
    ['Small', 'Middle', 'Large'].flatMap((of) => [
      [`wql${of}`, 40],
      [`championWql${of}`, 40],
    ]),
  );
  const good = { ...models, provenance: { ...models.provenance, metrics: { ...metrics, ...thirds } } };
  await put(archive(entry('model.json', JSON.stringify(toModelFile(good)))));
  expect(await judgeTraining(world, KEY)).toMatchObject({ promoted: true, objections: [] });
});
