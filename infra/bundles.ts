import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { BUNDLE } from './constructs/function.ts';

const FUNCTIONS = join(import.meta.dirname, '../functions');
const ROOMS = ['api', 'events', 'jobs', 'partner', 'partner/openadr'];

/** Every file that a function is made of, as `api/usage`. A test holds them against the functions of the templates. */
export const ENTRIES: readonly string[] = ROOMS.flatMap((room) =>
  readdirSync(join(FUNCTIONS, room))
    .filter((file) => /^[\w-]+\.ts$/.test(file))
    .map((file) => `${room}/${file.slice(0, -'.ts'.length)}`),
);

export const bundleFile = (directory: string, entry: string): string => join(directory, `${entry}.mjs`);

/** Bundles every function as `npm run synth` does, each into `<directory>/<entry>.mjs`. */
export const bundleAll = async (directory: string): Promise<Metafile> => {
  const { metafile } = await build({
    ...BUNDLE,
    entryPoints: ENTRIES.map((entry) => join(FUNCTIONS, `${entry}.ts`)),
    outbase: FUNCTIONS,
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    logLevel: 'silent',
  });
  return metafile;
};

type Bundle = Metafile['outputs'][string];

export const bundleOf = ({ outputs }: Metafile, entry: string): Bundle => {
  const found = Object.values(outputs).find(({ entryPoint }) => entryPoint?.endsWith(`functions/${entry}.ts`));
  if (!found) throw new Error(`${entry} was not bundled`);
  return found;
};

/** The SDK clients that a bundle holds, as `dynamodb`. */
export const clientsIn = ({ inputs }: Bundle): string[] => [
  ...new Set(Object.keys(inputs).flatMap((path) => /@aws-sdk\/client-([\w-]+)\//.exec(path)?.[1] ?? [])),
];

const MODEL = 'forecast/shipped-model.json';
/** Bytes of the model of forecasts that ships, which some bundles carry as data. */
export const modelBytesIn = ({ inputs }: Bundle): number =>
  Object.entries(inputs).find(([path]) => path.endsWith(MODEL))?.[1].bytesInOutput ?? 0;
