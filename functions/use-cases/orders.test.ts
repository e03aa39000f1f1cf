import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandState } from '@hems/shared/events/commands';
import { aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { orderDevice } from './order-device.ts';
import { orderAt, readOrder } from './stores/orders.ts';
import { listQuarantine } from './stores/quarantine.ts';
import { takeOrderResults } from './take-order-results.ts';

const OWNER = { householdId: HOME.householdId, sub: 'owner', role: 'owner' } as const;
const discharge = { action: 'set-battery', params: { power_w: 1000 }, expiresInSeconds: 60 } as const;

let world: World;
beforeEach(async () => {
  world = await aWorld();
});

const order = () => orderDevice(world, OWNER, { deviceId: 'battery-1', request: discharge });
const answer = (cmdId: string, state: CommandState, gateway: string = HOME.gateway) =>
  takeOrderResults({ ...world.deps }, [
    aRuleEvent('cmd/result', { v: 1, cmd_id: cmdId, ts: NOON + 1, state }, { gateway }),
  ]);
const stateOf = async (cmdId: string) => (await readOrder(world.table, HOME.householdId, cmdId))?.order.state;
const kept = async () => (await listQuarantine(world.table, { date: '2026-11-22', limit: 100 })).entries;
const reasons = async () => (await kept()).map(({ reason }) => reason);

describe('an order to a battery', () => {
  test('goes to its gateway with an id, a time and an end', async () => {
    const { command } = await order();
    expect(world.sent).toEqual([{ gateway: { household: HOME.telemetryId, gateway: HOME.gateway }, command }]);
    expect(command).toMatchObject({
      device: 'battery-1',
      issued_at: NOON,
      expires_at: NOON + 60_000,
      params: { power_w: 1000 },
    });
  });

  test('ends verified, whichever order the answers come in and however often', async () => {
    const { command } = await order();
    for (const state of ['applied', 'verified', 'accepted', 'applied', 'verified'] as const) {
      await answer(command.cmd_id, state);
    }
    expect(await stateOf(command.cmd_id)).toBe('verified');
  });

  test('is not answered by another gateway', async () => {
    const { command } = await order();
    await answer(command.cmd_id, 'verified', 'g-2');
    expect(await stateOf(command.cmd_id)).toBe('sent');
    expect(await reasons()).toEqual(['wrong-gateway']);
  });

  test('that nobody gave leaves its answer in the quarantine', async () => {
    await answer('made-up', 'verified');
    expect(await reasons()).toEqual(['unknown-order']);
  });
});

describe('an answer that is none is kept with a reason', () => {
  const detailOf = async (message: unknown) => {
    await takeOrderResults({ ...world.deps }, [aRuleEvent('cmd/result', message)]);
    return (await kept()).map(({ reason, detail }) => ({ reason, detail }));
  };

  test('of one line that names the field', async () => {
    expect(await detailOf({ v: 1, cmd_id: 'id-1', ts: 'noon', state: 'applied' })).toEqual([
      { reason: 'not-a-result', detail: 'ts: Invalid input: expected number, received string' },
    ]);
  });

  test('that stays small, however long a key the device made up', async () => {
    const message = { v: 1, cmd_id: 'id-1', ts: NOON, state: 'applied', ['k'.repeat(5000)]: 1 };
    const [only] = await detailOf(message);
    expect(only?.detail.length).toBeLessThanOrEqual(500);
  });

  test('that quotes no byte of what is not JSON', async () => {
    expect(await detailOf('\u001b[2Jboo')).toEqual([{ reason: 'not-json', detail: '7 bytes that are not JSON' }]);
  });
});

describe('an order without a last word', () => {
  test.each(['sent', 'accepted', 'applied'] as const)('that is %s has expired once its end is past', async (state) => {
    const open = { ...(await order()), state };
    const end = open.command.expires_at;
    expect(orderAt(open, end)).toEqual(open);
    expect(orderAt(open, end + 1)).toEqual({ ...open, state: 'expired', stateTs: end });
  });

  test.each(['verified', 'rejected', 'failed'] as const)('that is %s stays so, whatever the time', async (state) => {
    const ended = { ...(await order()), state };
    expect(orderAt(ended, ended.command.expires_at + 1)).toEqual(ended);
  });
});

describe('an order is refused', () => {
  test('to a meter, which cannot discharge', async () => {
    const asked = orderDevice(world, OWNER, { deviceId: 'meter-1', request: discharge });
    await expect(asked).rejects.toThrow('a smart_meter does not take set-battery');
  });

  test('to a device of another household', async () => {
    await expect(orderDevice(world, OWNER, { deviceId: 'elsewhere', request: discharge })).rejects.toThrow(
      'no active device',
    );
  });
});
