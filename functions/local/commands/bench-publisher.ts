import { once } from 'node:events';
import { connectAsync, type MqttClient } from 'mqtt';
import * as z from 'zod';

/** The devices of the bench, in a process of their own: so many connections, each with so many messages in flight. */
const job = z.object({
  host: z.string(),
  port: z.int(),
  caPem: z.string(),
  gateways: z.array(
    z.object({ gateway: z.string(), certificatePem: z.string(), privateKeyPem: z.string(), topic: z.string() }),
  ),
  inFlight: z.int(),
  seconds: z.number(),
  /** points per message; 1 sends `reading`s */
  points: z.int(),
  startTs: z.int(),
});
type Job = z.infer<typeof job>;

const quantities = (count: number) => ({
  power_w: 300 + (count % 400),
  energy_import_wh: 1_000_000 + count * 5,
  energy_export_wh: 0,
  voltage_mv: 219_800 + (count % 500),
  current_ma: 1800,
  power_factor_permille: 980,
});

const pointOf = (gateway: string, startTs: number, count: number) => ({
  device_id: `meter-${gateway}`,
  kind: 'smart_meter',
  ts: startTs + count * 60_000,
  seq: count,
  q: 64,
  ...quantities(count),
});

const messageOf = ({ points, startTs }: Job, gateway: string, count: number): string => {
  if (points === 1) return JSON.stringify({ v: 1, boot: 1, ...pointOf(gateway, startTs, count) });
  const all = Array.from({ length: points }, (_, index) => pointOf(gateway, startTs, count * points + index));
  return JSON.stringify({ v: 1, boot: 1, seq: count, sent: startTs, points: all });
};

const publishUntil = async (
  client: MqttClient,
  work: Job & { topic: string; gateway: string },
  deadline: number,
): Promise<number[]> => {
  const latencies: number[] = [];
  let count = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < deadline) {
      const payload = messageOf(work, work.gateway, count++);
      const from = performance.now();
      await client.publishAsync(work.topic, payload, { qos: 1 });
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: work.inFlight }, lane));
  return latencies;
};

const run = async (work: Job): Promise<void> => {
  const clients = await Promise.all(
    work.gateways.map(({ gateway, certificatePem, privateKeyPem }) =>
      connectAsync({
        host: work.host,
        port: work.port,
        protocol: 'mqtts',
        clientId: gateway,
        ca: work.caPem,
        cert: certificatePem,
        key: privateKeyPem,
        queueQoSZero: false,
      }),
    ),
  );
  process.send?.({ type: 'connected' });
  await once(process, 'message');
  const from = performance.now();
  const deadline = from + work.seconds * 1000;
  const latencies = (
    await Promise.all(
      clients.map(async (client, index) => {
        const own = work.gateways[index];
        return own ? publishUntil(client, { ...work, topic: own.topic, gateway: own.gateway }, deadline) : [];
      }),
    )
  ).flat();
  const seconds = (performance.now() - from) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
  process.send?.({ type: 'done', messages: latencies.length, seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99) });
  await Promise.all(clients.map((client) => client.endAsync()));
  process.disconnect?.();
};

process.once('message', (message) => void run(job.parse(message)));
