import { startHost } from '../../functions/local/host.ts';
import type { FromHost, ToHost } from './host.ts';

/** The local host as `npm start` runs it, on free ports and with a few days of history, under the test that started it. */
const [dataDirectory = '', ...numbers] = process.argv.slice(2);
const [aheadMs = 0, days = 2, lookEveryMs = 60_000] = numbers.map(Number);
const tell = (message: FromHost): void => {
  process.send?.(message);
};

const host = await startHost(
  { dataDirectory, fresh: true, port: 0, mqttPort: 0, aheadMs, lookEveryMs, demo: { days } },
  (line) => tell({ say: line }),
);
process.on('message', (message: ToHost) => {
  if ('silence' in message) host.demo.silence(message.silence);
  else if ('pass' in message) host.pass(message.pass);
  else void host.stop().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
const { origin, mqttPort, users } = host;
tell({ ready: { origin, mqttPort, users: users.map(({ email, password }) => ({ email, password })) } });
void host.demo.ready.then(() => tell({ caughtUp: true }));
