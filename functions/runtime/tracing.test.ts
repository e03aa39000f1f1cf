import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Three invocations as in Lambda: the first succeeds, the second fails with words that are nobody's business, the third answers a failure. */
const LAMBDA = `
  import * as z from 'zod';
  import { queue } from ${JSON.stringify(join(import.meta.dirname, 'queue.ts'))};
  import { watched } from ${JSON.stringify(join(import.meta.dirname, 'watched.ts'))};
  import { lambdaContext } from ${JSON.stringify(join(import.meta.dirname, '../local/lambda-context.ts'))};
  const handler = watched({ correlationOf: ({ id }) => id }, async ({ id }) => {
    if (id === 'message-2') throw new Error('the words of the error');
  });
  await handler({ id: 'message-1' }, lambdaContext('ingest', 1000));
  await handler({ id: 'message-2' }, lambdaContext('ingest', 1000)).catch(() => undefined);
  const works = queue(z.object({ home: z.string() }), async () => undefined);
  await works({ Records: [{ body: 'not json', messageId: '1' }] }, lambdaContext('plan-shard', 1000));
  setTimeout(() => process.exit(0), 200);
`;

test('in Lambda, the trace of an invocation has a part that is found by its correlation id and says whether it failed, and not of what', async () => {
  const daemon = createSocket('udp4').bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  const heard: string[] = [];
  daemon.on('message', (packet) => heard.push(...packet.toString().split('\n').slice(1)));
  const lambda = spawn(process.execPath, ['--input-type=module', '--eval', LAMBDA], {
    env: {
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: import.meta.dirname,
      AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
      _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=557abcec3ee5a047;Sampled=1',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(lambda, 'exit');
  daemon.close();
  const of = { name: '## ingest', trace_id: '1-5759e988-bd862e3fe1be46a994272793', parent_id: '557abcec3ee5a047' };
  const parts = heard.map((text): unknown => JSON.parse(text));
  expect(parts).toMatchObject([
    { ...of, annotations: { correlationId: 'message-1' } },
    { ...of, annotations: { correlationId: 'message-2' }, fault: true },
    // a queue's message comes back by an answer
    { ...of, name: '## plan-shard', fault: true },
  ]);
  expect(parts[0]).not.toHaveProperty('fault');
  expect(heard.join()).not.toContain('the words of the error');
}, 20_000);
