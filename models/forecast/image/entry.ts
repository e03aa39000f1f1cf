/* eslint-disable no-restricted-imports, no-restricted-globals -- the image is the one place in models/ that touches the world */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from './serve.ts';
import { train } from './train.ts';

/** The image: `train` or `serve`, as SageMaker calls it. The tree and the port are other ones in tests only. */
const [command, root = '/opt/ml', port = '8080'] = process.argv.slice(2);

const runTrain = (): void => {
  try {
    for (const [name, value] of Object.entries(train(root))) process.stdout.write(`${name}=${value};\n`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    mkdirSync(join(root, 'output'), { recursive: true });
    writeFileSync(join(root, 'output', 'failure'), message);
    process.stderr.write(`${error instanceof Error ? error.stack : message}\n`);
    process.exitCode = 1;
  }
};

const runServe = (): void => {
  const server = serve(root);
  server.listen(Number(port), () => process.stdout.write(`listening on ${port}\n`));
  process.on('SIGTERM', () => {
    server.close();
    server.closeIdleConnections();
  });
};

if (command === 'train') runTrain();
else if (command === 'serve') runServe();
else {
  process.stderr.write('the image takes train or serve\n');
  process.exitCode = 2;
}
