import { objectLinks } from '../adapters/embedded/object-links.ts';
import { folderObjectStore } from '../adapters/embedded/object-store.ts';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import { noResidenceProof } from '../adapters/providers/no-residence-proof.ts';
import * as ports from '../runtime/ports.ts';
import { NOON, type World } from './world.ts';

const DOORS_CLOCK = { now: () => NOON };
const DOORS = {
  origin: 'http://127.0.0.1:8000',
  links: objectLinks(new Uint8Array(32), DOORS_CLOCK),
  clock: DOORS_CLOCK,
};

/** Has the handlers of the API answer from this world; what it has not is there and empty, or refuses. */
export const serveFrom = (world: World): void => {
  ports.clock.use(world.clock);
  ports.table.use(world.table);
  ports.keys.use(world.keys);
  ports.bus.use(world.bus);
  ports.identity.use({
    read: async (sub) => ({ sub, email: `${sub}@example.com`, emailVerified: true }),
    signOut: async () => undefined,
    delete: async () => undefined,
  });
  ports.files.use({ send: async () => undefined });
  ports.objects.use(folderObjectStore('/nowhere', DOORS));
  ports.mailer.use({ send: async () => undefined });
  ports.push.use({ publicKey: async () => 'key', send: async () => 'taken' });
  ports.webUrl.use('https://hems.example');
  ports.registry.use({
    enter: async () => undefined,
    withdraw: async () => undefined,
    register: async () => Promise.reject(new Error('no route certifies keys')),
    gatewayOf: async () => undefined,
    revoke: async () => undefined,
    cutOff: async () => undefined,
    remove: async () => ({ things: 0, certificates: 0 }),
  });
  ports.telemetry.use(world.telemetry);
  ports.channel.use(world.channel);
  ports.ids.use(world.ids);
  ports.payments.use({ pay: async () => 'taken', find: async () => 'never-heard', payments: async () => [] });
  ports.weather.use(simulatedWeather(world.clock));
  ports.runs.use({ start: async () => true, status: async () => undefined });
  ports.directory.use(world.deps.directory);
  ports.residence.use(noResidenceProof);
  ports.plans.use({ send: async () => undefined });
  ports.erasures.use({ start: async () => true, status: async () => undefined });
  ports.webhooks.use({ send: async () => undefined });
};
