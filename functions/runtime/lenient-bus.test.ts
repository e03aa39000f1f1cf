import { beforeEach, expect, test, vi } from 'vitest';
import { lenientBus } from './lenient-bus.ts';
import { log } from './log.ts';

const away = { publish: async () => Promise.reject(new Error('the bus is away')) };
beforeEach(() => {
  vi.restoreAllMocks();
});

test('what could not be said is counted by its type, without its content, and the work goes on', async () => {
  const lines = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  await lenientBus(away).publish([{ type: 'usage.unusual', detail: { householdId: 'h-1' } }]);
  expect(lines).toHaveBeenCalledWith(
    'happenings were not said',
    expect.objectContaining({ count: 1, types: ['usage.unusual'] }),
  );
  expect(JSON.stringify(lines.mock.calls)).not.toContain('h-1');
});
