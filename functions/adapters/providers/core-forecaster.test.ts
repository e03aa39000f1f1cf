import { expect, it } from 'vitest';
import { aRequest, forecasterContract } from '../contract/forecaster.contract.ts';
import { coreForecaster } from './core-forecaster.ts';

forecasterContract('core', async () => ({ forecaster: coreForecaster(), close: async () => undefined }));

it('says that it is the one that ships', async () => {
  expect((await coreForecaster().forecast(aRequest('x', 3), 1)).engine).toBe('embedded');
});
