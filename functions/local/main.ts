import { startHost, type Host } from './host.ts';
import { START_USAGE, startOptions, type StartOptions } from './options.ts';
import { StartRefused } from './start-refused.ts';

/** `npm start`: the local host. Prints its progress, then one line `ready <address>`. */
const say = (line: string): void => console.log(line);

/** A terminal's Ctrl-C reaches this process several times: from the terminal itself and through npm. */
const SAME_KEYSTROKE_MS = 500;
const STOP_MS = 3000;

const main = async (args: string[]): Promise<void> => {
  if (args.includes('--help')) return say(START_USAGE);
  // eslint-disable-next-line node/no-process-env -- PORT and MQTT_PORT mean this host; runtime/env.ts goes into every Lambda
  const options = startOptions(args, process.env);
  const began = performance.now();
  const stopping = stopOnSignal();
  const host = await startHost(options, say);
  stopping.host = host;
  say(`started in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  say(`ready ${host.origin}`);
  welcome(host, options);
};

const welcome = ({ origin, mqttPort, dataDirectory, users }: Host, { demo }: StartOptions): void => {
  say('');
  for (const { email, password, name } of users) say(`  sign in  ${email.padEnd(20)} ${password.padEnd(15)} ${name}`);
  say(`  API      ${origin}/docs, with the token that npm run -s hems -- token prints`);
  say(`  devices  mqtts://127.0.0.1:${mqttPort}, with a certificate that npm run -s hems -- gateway add writes`);
  say(`  partners ${origin}/partner/docs, with a key that npm run -s hems -- partner takes up`);
  say(`  operate  ${origin}/ops, and npm run -s hems -- doctor`);
  say(`  data     ${dataDirectory}; npm start -- --fresh begins again`);
  say(
    demo.replay === undefined
      ? '  Everything is simulated: homes, devices, readings and their history. The residents are nobody.'
      : `  The readings are those of real homes, recorded in ${demo.replay} and moved to now; households and residents are invented.`,
  );
  say('  Ctrl-C stops; the next start goes on from there.');
  say('');
};

/** The first signal stops in order, a later one at once. */
const stopOnSignal = (): { host?: Host } => {
  const running: { host?: Host } = {};
  let firstAt: number | undefined;
  const onSignal = (): void => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > SAME_KEYSTROKE_MS) process.exit(130);
      return;
    }
    firstAt = performance.now();
    say('stopping …');
    setTimeout(() => {
      say(`not everything had ended after ${STOP_MS / 1000} s; what was acknowledged is safe`);
      process.exit(0);
    }, STOP_MS).unref();
    void stop(running.host);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return running;
};

const stop = async (host: Host | undefined): Promise<void> => {
  try {
    await host?.stop();
    say('stopped');
    process.exit(0);
  } catch (error) {
    console.error('stopping failed:', error);
    process.exit(1);
  }
};

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartRefused ? error.message : error);
  process.exit(1);
}
