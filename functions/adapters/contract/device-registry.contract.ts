import { createPrivateKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

    it('gives a gateway a certificate with its private key, and knows the gateway by it', async () => {
      const gateway = { household: 't-1', gateway: 'g-1' };
      const { certificateId, certificatePem, privateKeyPem } = await registry.register(gateway);
      expect(new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem))).toBe(true);
      expect(await registry.gatewayOf(certificateId)).toEqual(gateway);
    });

    it('adds a certificate when a gateway is registered again, and both speak for it', async () => {
      const gateway = { household: 't-2', gateway: 'g-2' };
      const [first, second] = [await registry.register(gateway), await registry.register(gateway)];
      expect(first.certificateId).not.toBe(second.certificateId);
      expect(await registry.gatewayOf(first.certificateId)).toEqual(gateway);
      expect(await registry.gatewayOf(second.certificateId)).toEqual(gateway);
    });

    it('leaves a gateway with its household: registering it for another one is refused', async () => {
      await registry.register({ household: 't-3', gateway: 'g-3' });
      await expect(registry.register({ household: 't-4', gateway: 'g-3' })).rejects.toThrow(/g-3 .*another household/);
    });

    it('knows nothing of a revoked certificate, while the other one of the gateway stays good', async () => {
      const gateway = { household: 't-5', gateway: 'g-5' };
      const [lost, kept] = [await registry.register(gateway), await registry.register(gateway)];
      await registry.revoke(lost.certificateId);
      await registry.revoke(lost.certificateId);
      expect(await registry.gatewayOf(lost.certificateId)).toBeUndefined();
      expect(await registry.gatewayOf(kept.certificateId)).toEqual(gateway);
    });

    it('knows no gateway by a certificate that it did not give out', async () => {
      expect(await registry.gatewayOf('0'.repeat(64))).toBeUndefined();
    });
  });
};
