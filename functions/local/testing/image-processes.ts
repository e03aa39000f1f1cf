import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The image's two processes, each over a tree like the one that SageMaker lays out. */
const ENTRY = fileURLToPath(new URL('../../../models/forecast/image/entry.ts', import.meta.url));
const run = promisify(execFile);

export type Served = { readonly process: ChildProcess; readonly url: string };
/** Path under /opt/ml → content. */
export type Tree = Readonly<Record<string, Uint8Array | string>>;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};

const lay = async (root: string, tree: Tree): Promise<void> => {
  for (const [path, bytes] of Object.entries(tree)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
};

export const imageProcesses = () => {
  const folders: string[] = [];
  const started: ChildProcess[] = [];
  const newTree = async (tree: Tree): Promise<string> => {
    const root = await mkdtemp(join(tmpdir(), 'hems-sagemaker-'));
    folders.push(root);
    await lay(root, tree);
    return root;
  };
  return {
    /** the model.tar.gz that it leaves and what it printed; rejects with what it wrote into its failure file */
    train: async (tree: Tree): Promise<{ readonly archive: Uint8Array; readonly printed: string }> => {
      const root = await newTree(tree);
      const { stdout: printed } = await run(process.execPath, [ENTRY, 'train', root]).catch(async () => {
        throw new Error(await readFile(join(root, 'output/failure'), 'utf8'));
      });
      await run('tar', ['-czf', join(root, 'model.tar.gz'), '-C', join(root, 'model'), '.']);
      return { archive: await readFile(join(root, 'model.tar.gz')), printed };
    },
    /** the same model under another version, as a training that comes to the same trees would leave it */
    relabelled: async (archive: Uint8Array, modelVersion: string): Promise<Uint8Array> => {
      const root = await newTree({ 'model.tar.gz': archive, 'model/.keep': '' });
      await run('tar', ['-xzf', join(root, 'model.tar.gz'), '-C', join(root, 'model')]);
      const path = join(root, 'model/model.json');
      const file = JSON.parse(await readFile(path, 'utf8'));
      await writeFile(path, JSON.stringify({ ...file, provenance: { ...file.provenance, modelVersion } }));
      await run('tar', ['-czf', join(root, 'model.tar.gz'), '-C', join(root, 'model'), '.']);
      return readFile(join(root, 'model.tar.gz'));
    },
    /** undefined: it ended before it answered a ping. `over`: what stands in the tree in place of what the archive holds */
    serve: async (archive: Uint8Array, over: Tree): Promise<Served | undefined> => {
      const root = await newTree({ 'model.tar.gz': archive, 'model/.keep': '' });
      await run('tar', ['-xzf', join(root, 'model.tar.gz'), '-C', join(root, 'model')]);
      await lay(root, over);
      const port = await freePort();
      const child = spawn(process.execPath, [ENTRY, 'serve', root, String(port)], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      started.push(child);
      const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
      if (!Buffer.isBuffer(said)) return undefined;
      const url = `http://127.0.0.1:${port}`;
      return (await fetch(`${url}/ping`)).status === 200 ? { process: child, url } : undefined;
    },
    stop: async (): Promise<void> => {
      for (const child of started) child.kill('SIGKILL');
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
};
