import { startHost, type Host } from '../host.ts';
import { startOptions } from '../options.ts';
import { sampling } from './bench-profile.ts';
import { hostOrder, type HostFigures, type HostOrder } from './load-messages.ts';
import { serveParent } from './load-process.ts';

/** The local host under load, as `npm start` runs it, in a process of its own. */
let host: Host | undefined;
let profile: Awaited<ReturnType<typeof sampling>> | undefined;
const said: Record<string, number> = {};

/** Of what the host says, the refusals count; a connection's own address and ids are no reason. */
const say = (line: string): void => {
  if (!/refused|failed|not taken|lost/.test(line)) return;
  const reason = line.replaceAll(/(gateway|certificate|client id) \S+/g, '$1 …');
  said[reason] = (said[reason] ?? 0) + 1;
};

const MB = 2 ** 20;
const figures = (): HostFigures => {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { rssMb: rss / MB, heapMb: heapUsed / MB, cpuSeconds: (user + system) / 1e6 };
};

const stop = async (): Promise<void> => {
  const running = host;
  host = undefined;
  await running?.stop();
};

const carryOut = async (order: HostOrder): Promise<unknown> => {
  if ('start' in order) {
    const options = startOptions(['--data', order.start.folder, '--days', '1'], { PORT: '0', MQTT_PORT: '0' });
    host = await startHost(options, say);
    if (order.start.demoFirst) await host.demo.ready;
    return { origin: host.origin, mqttPort: host.mqttPort };
  }
  if ('figures' in order) return figures();
  if ('profile' in order) {
    if (order.profile === 'start') profile = await sampling();
    else return await profile?.stop();
    return undefined;
  }
  await stop();
  return said;
};

serveParent(async (request) => await carryOut(hostOrder.parse(request)), stop);
