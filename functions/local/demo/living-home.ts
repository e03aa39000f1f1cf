import type * as z from 'zod/mini';
import type { Home, HomeDevice } from '@hems/models/testing/home';
import { glance, pointsOf, type Draft } from '@hems/models/testing/home-points';
import { homeState, newHome, simulationOf, stepHome, type HomeState } from '@hems/models/testing/live-home';
import {
  glanceReplay,
  newReplay,
  replaying,
  replayPoints,
  replayState,
  stepReplay,
  type Replay,
  type ReplayState,
} from '@hems/models/testing/replay-home';

export type Orders = HomeState['orders'];

/** A home behind a gateway: its state is what has to survive a restart, the next minute follows from it alone. */
export type LivingHome<State extends { readonly atMs: number }> = {
  readonly devices: readonly HomeDevice[];
  readonly state: z.ZodMiniType<State>;
  begin(atMs: number): State;
  /** until the minute that holds `toMs` has begun */
  step(state: State, toMs: number): State;
  /** what its devices show at an instant of the minute after the state's */
  look(state: State, atMs: number): Draft[];
  orders(state: State): Orders;
  withOrders(state: State, orders: Orders): State;
};

export const simulatedHome = (home: Home): LivingHome<HomeState> => {
  const simulation = simulationOf(home);
  return {
    devices: simulation.devices,
    state: homeState,
    begin: (atMs) => newHome(home, atMs),
    step: (state, toMs) => stepHome(simulation, state, toMs),
    look: (state, atMs) => pointsOf(simulation, glance(simulation, state, atMs)),
    orders: ({ orders }) => orders,
    withOrders: (state, orders) => ({ ...state, orders }),
  };
};

const NO_ORDERS: Orders = { off: [] };

/** The past takes no orders. */
export const replayedHome = (replay: Replay): LivingHome<ReplayState> => {
  const running = replaying(replay);
  return {
    devices: running.devices,
    state: replayState,
    begin: newReplay,
    step: (state, toMs) => stepReplay(running, state, toMs),
    look: (state, atMs) => replayPoints(running, glanceReplay(running, state, atMs)),
    orders: () => NO_ORDERS,
    withOrders: (state) => state,
  };
};
