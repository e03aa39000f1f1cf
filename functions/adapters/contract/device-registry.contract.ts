import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../embedded/signing-request.ts';
import type { DeviceRegistry } from '../../ports/device-registry.ts';

export type DeviceRegistryUnderTest = { readonly registry: DeviceRegistry; close(): Promise<void> };

/** What every `DeviceRegistry` promises; see `ports/device-registry.ts`. */
export const deviceRegistryContract = (name: string, make: () => Promise<DeviceRegistryUnderTest>): void => {
  describe(`DeviceRegistry: ${name}`, () => {
    let adapter: DeviceRegistryUnderTest;
    let registry: DeviceRegistry;
    beforeAll(async () => {
      adapter = await make();
      registry = adapter.registry;
    });
    afterAll(() => adapter.close());

    const register = async (gateway: Parameters<DeviceRegistry['register']>[0]) =>
      await registry.register(gateway, (await makeKey()).signingRequestPem);

    it('gives a certificate for a signing request, and knows the gateway by it', async () => {
      const gateway = { household: 't-1', gateway: 'g-1' };
      const { certificateId, certificatePem } = await register(gateway);
      expect(new X509Certificate(certificatePem).ca).toBe(false);
      expect(await registry.gatewayOf(certificateId)).toEqual(gateway);
    });

    it('adds a certificate when a gateway is registered again, and both speak for it', async () => {
      const gateway = { household: 't-2', gateway: 'g-2' };
      const [first, second] = [await register(gateway), await register(gateway)];
      expect(first.certificateId).not.toBe(second.certificateId);
      expect(await registry.gatewayOf(first.certificateId)).toEqual(gateway);
      expect(await registry.gatewayOf(second.certificateId)).toEqual(gateway);
    });

    it('leaves a gateway with its household: entering or registering it for another one is refused', async () => {
      await registry.enter({ household: 't-3', gateway: 'g-3' });
      await registry.enter({ household: 't-3', gateway: 'g-3' });
      await expect(registry.enter({ household: 't-4', gateway: 'g-3' })).rejects.toThrow(/g-3 .*another household/);
      await expect(register({ household: 't-4', gateway: 'g-3' })).rejects.toThrow(/g-3 .*another household/);
      const { certificateId } = await register({ household: 't-3', gateway: 'g-3' });
      expect(await registry.gatewayOf(certificateId)).toEqual({ household: 't-3', gateway: 'g-3' });
    });

    it('knows nothing of a revoked certificate, while the other one of the gateway stays good', async () => {
      const gateway = { household: 't-5', gateway: 'g-5' };
      const [lost, kept] = [await register(gateway), await register(gateway)];
      await registry.revoke('g-5', lost.certificateId);
      await registry.revoke('g-5', lost.certificateId);
      expect(await registry.gatewayOf(lost.certificateId)).toBeUndefined();
      expect(await registry.gatewayOf(kept.certificateId)).toEqual(gateway);
    });

    it('cuts a gateway off with all of its certificates, and no other gateway of the household', async () => {
      const [gone, stays] = [
        { household: 't-6', gateway: 'g-6' },
        { household: 't-6', gateway: 'g-7' },
      ];
      const [first, second, other] = [await register(gone), await register(gone), await register(stays)];
      await registry.cutOff(gone.gateway);
      await registry.cutOff(gone.gateway);
      expect(await registry.gatewayOf(first.certificateId)).toBeUndefined();
      expect(await registry.gatewayOf(second.certificateId)).toBeUndefined();
      expect(await registry.gatewayOf(other.certificateId)).toEqual(stays);
    });

    it('ends one certificate that was given for nothing, and all but the one that a gateway works with', async () => {
      const gateway = { household: 't-10', gateway: 'g-10' };
      const [first, second, third] = [await register(gateway), await register(gateway), await register(gateway)];
      await registry.withdraw(first.certificateId);
      expect(await registry.gatewayOf(first.certificateId)).toBeUndefined();
      expect(await registry.gatewayOf(second.certificateId)).toEqual(gateway);
      await registry.cutOff(gateway.gateway, third.certificateId);
      await registry.withdraw('0'.repeat(64));
      expect(await registry.gatewayOf(second.certificateId)).toBeUndefined();
      expect(await registry.gatewayOf(third.certificateId)).toEqual(gateway);
    });

    it('forgets a gateway with its certificates once, and another household may have one of its name', async () => {
      const gateway = { household: 't-8', gateway: 'g-8' };
      const { certificateId } = await register(gateway);
      await register(gateway);
      expect(await registry.remove(gateway.gateway)).toEqual({ things: 1, certificates: 2 });
      expect(await registry.remove(gateway.gateway)).toEqual({ things: 0, certificates: 0 });
      expect(await registry.gatewayOf(certificateId)).toBeUndefined();
      await registry.enter({ household: 't-9', gateway: 'g-8' });
    });

    it('knows no gateway by a certificate that it did not give out', async () => {
      expect(await registry.gatewayOf('0'.repeat(64))).toBeUndefined();
    });
  });
};
