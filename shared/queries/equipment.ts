import { skipToken, useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import {
  claimGateway,
  listDevices,
  listGateways,
  readDeviceSeries,
  renameDevice,
  replaceDevice,
  retireDevice,
  revokeGateway,
  type DeviceSeries,
  type Equipment,
} from '../api/devices.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** A gateway that is plugged in shows up while somebody looks. */
const EQUIPMENT_POLL_MS = 15_000;
const CHANGED = ['equipment', 'live', 'onboarding', 'devices', 'usage'];
const DEVICE_POLL_MS = 60_000;

/** Gateways and the devices behind them. */
export const useEquipment = (householdId: string): Loaded<Equipment> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['equipment', householdId],
    queryFn: ({ signal }) => call(listGateways, { params: { householdId } }, signal),
    ...polled(EQUIPMENT_POLL_MS),
  });
  return useLoaded(result);
};

export type Devices = z.infer<typeof listDevices.answer>;

/** The devices of the home with what each measures and when it was last heard. */
export const useDevices = (householdId: string): Loaded<Devices> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['devices', householdId],
    queryFn: ({ signal }) => call(listDevices, { params: { householdId } }, signal),
    ...polled(DEVICE_POLL_MS),
  });
  return useLoaded(result);
};

export type SeriesAsked = {
  readonly deviceId: string;
  readonly quantity: DeviceSeries['quantity'];
  readonly grain: DeviceSeries['grain'];
  readonly from: string;
  readonly to: string;
};

/** One quantity of one device by interval; undefined: nothing is asked for. */
export const useDeviceSeries = (householdId: string, asked: SeriesAsked | undefined): Loaded<DeviceSeries> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['devices', householdId, 'series', asked],
    queryFn:
      asked === undefined
        ? skipToken
        : ({ signal }) => {
            const { deviceId, ...query } = asked;
            return call(readDeviceSeries, { params: { householdId, deviceId }, query }, signal);
          },
    ...polled(DEVICE_POLL_MS),
  });
  return useLoaded(result);
};

export const useClaimGateway = (householdId: string): Action<string, Equipment> => {
  const call = useCall();
  return useAction({
    act: async (code: string) => call(claimGateway, { params: { householdId }, body: { code } }),
    changes: CHANGED,
  });
};

export const useRevokeGateway = (householdId: string): Action<string, Equipment> => {
  const call = useCall();
  return useAction({
    act: async (gateway: string) => call(revokeGateway, { params: { householdId, gateway } }),
    changes: CHANGED,
  });
};

type Renamed = { readonly deviceId: string; readonly name: string };

export const useRenameDevice = (householdId: string): Action<Renamed, Equipment> => {
  const call = useCall();
  return useAction({
    act: async ({ deviceId, name }: Renamed) =>
      call(renameDevice, { params: { householdId, deviceId }, body: { name } }),
    changes: CHANGED,
  });
};

export const useRetireDevice = (householdId: string): Action<string, Equipment> => {
  const call = useCall();
  return useAction({
    act: async (deviceId: string) => call(retireDevice, { params: { householdId, deviceId } }),
    changes: CHANGED,
  });
};

type Replaced = { readonly deviceId: string; readonly by: string };

export const useReplaceDevice = (householdId: string): Action<Replaced, Equipment> => {
  const call = useCall();
  return useAction({
    act: async ({ deviceId, by }: Replaced) => call(replaceDevice, { params: { householdId, deviceId }, body: { by } }),
    changes: CHANGED,
  });
};
