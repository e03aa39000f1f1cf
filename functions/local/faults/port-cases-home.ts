import { simulatedWeather } from '../../adapters/embedded/weather.ts';
import { ForecasterUnavailable } from '../../ports/forecaster.ts';
import { WeatherUnavailable } from '../../ports/weather.ts';
import { agree } from '../../testing/agree.ts';
import { forecasting, pastHours } from '../../testing/forecasting.ts';
import { aJoiningWorld } from '../../testing/joining-home.ts';
import { localRegistry, aSigningRequest } from '../../testing/local-registry.ts';
import { aWorld, HOME, NOON } from '../../testing/world.ts';
import { revokeGateway } from '../../use-cases/devices/revoke-gateway.ts';
import { currentForecast } from '../../use-cases/forecast/current-forecast.ts';
import { rememberPerson } from '../../use-cases/members/people.ts';
import { proveResidence } from '../../use-cases/onboarding/prove-residence.ts';
import { sendOrder } from '../../use-cases/send-order.ts';
import { readGateway } from '../../use-cases/stores/gateways.ts';
import { weatherDays } from '../../use-cases/weather-days.ts';
import { type PortCase, householdId, OWNER, MINUTE_MS } from './port-trial.ts';

/** Ports that a home, its devices and its people are reached by. */
export const HOME_CASES: Readonly<Record<string, PortCase>> = {
  identity: {
    does: 'remembers who a resident is',
    open: async (through) => {
      const world = await aWorld();
      const account = { sub: 'owner', email: 'owner@example.com', emailVerified: true, name: '주민' };
      const identity = through({
        read: async () => account,
        signOut: async () => undefined,
        delete: async () => undefined,
      });
      const deps = { ...world, identity };
      return {
        act: async () => await rememberPerson(deps, 'owner'),
        state: async () => await rememberPerson(deps, 'owner'),
      };
    },
  },
  'device-registry': {
    does: 'cuts a gateway off',
    open: async (through) => {
      const world = await aWorld();
      const registry = localRegistry(world.table);
      const { certificateId } = await registry.register(
        { household: HOME.telemetryId, gateway: HOME.gateway },
        await aSigningRequest(),
      );
      const deps = { ...world, registry: through(registry) };
      return {
        act: async () => await revokeGateway(deps, OWNER, HOME.gateway),
        state: async () => [(await readGateway(world.table, HOME))?.status, await registry.gatewayOf(certificateId)],
      };
    },
  },
  'device-channel': {
    does: 'orders a battery to discharge',
    open: async (through) => {
      const world = await aWorld();
      const deps = { ...world, channel: through(world.channel) };
      const action = { action: 'set-battery', device: 'battery-1', params: { power_w: 1000 } } as const;
      return {
        act: async () => await sendOrder(deps, HOME, { action, ttlMs: 60_000 }),
        state: async () => {
          const { command } = world.sent.at(-1) ?? {};
          return [command?.action, command?.expires_at];
        },
      };
    },
  },
  forecaster: {
    does: 'forecasts the use of a home',
    error: new ForecasterUnavailable('the endpoint does not answer'),
    absorbed: true,
    open: async (through) => {
      const world = await aWorld();
      await agree(world.table, householdId, 'analysis');
      await pastHours(world, { days: 30, last: '2026-11-21' });
      const parts = forecasting(world);
      const deps = { ...world, ...parts, forecaster: through(parts.forecaster) };
      return {
        act: async () => await currentForecast(deps, householdId),
        later: () => world.clock.set(NOON + 10 * MINUTE_MS),
        state: async () => {
          world.clock.set(NOON + 10 * MINUTE_MS);
          return (await currentForecast(deps, householdId))?.engine;
        },
      };
    },
  },
  weather: {
    does: 'tells the temperatures that a saving is corrected by',
    error: new WeatherUnavailable('ask again later'),
    absorbed: true,
    open: async (through) => {
      const world = await aWorld();
      const weather = through(simulatedWeather(world.clock));
      const ask = async () =>
        await weatherDays({ ...world, weather }, '서울 마포구', { from: '2026-11-01', to: '2026-11-10' });
      return { act: ask, later: () => world.clock.set(NOON + 20 * MINUTE_MS), state: ask };
    },
  },
  'residence-proof': {
    does: 'proves that somebody lives there',
    open: async (through) => {
      const world = await aJoiningWorld();
      world.provider('lives-there');
      const home = await world.opened('resident');
      await home.place();
      const { residence } = world;
      const faulty = through(residence);
      const member = { householdId: home.householdId, sub: 'resident', role: 'owner' } as const;
      return {
        act: async () => await proveResidence({ ...world, residence: faulty }, member, { by: 'provider' }),
        state: async () => {
          const { proof } = await home.shown();
          return [proof.state, proof.by, proof.attemptsLeft];
        },
      };
    },
  },
};
