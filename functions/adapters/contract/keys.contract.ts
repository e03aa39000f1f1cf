import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Keys } from '../../ports/keys.ts';

export type KeysUnderTest = {
  readonly keys: Keys;
  /** the same keys after a restart, in another process */
  again(): Promise<Keys>;
  close(): Promise<void>;
};

/** One bit of the text's bytes is another one. */
const changedAt = (wrapped: string, at: number): string => {
  const bytes = Buffer.from(wrapped, 'latin1');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('latin1');
};

/** What every `Keys` promises; see `ports/keys.ts`. */
export const keysContract = (name: string, make: () => Promise<KeysUnderTest>): void => {
  describe(`Keys: ${name}`, () => {
    let under: KeysUnderTest;
    beforeEach(async () => void (under = await make()));
    afterEach(() => under.close());

    it('makes a data key of 32 bytes, another one each time, and opens each from its wrapped form', async () => {
      const [one, other] = [await under.keys.newDataKey('person:1'), await under.keys.newDataKey('person:1')];
      expect([one.plain.length, other.plain.length]).toEqual([32, 32]);
      expect(Buffer.from(one.plain).equals(other.plain)).toBe(false);
      for (const { plain, wrapped } of [one, other]) {
        expect(wrapped).not.toContain(Buffer.from(plain).toString('base64'));
        expect(Buffer.from(await under.keys.unwrap('person:1', wrapped))).toEqual(Buffer.from(plain));
      }
    });

    it('opens a wrapped key after a restart', async () => {
      const { plain, wrapped } = await under.keys.newDataKey('household:h');
      const again = await under.again();
      expect(Buffer.from(await again.unwrap('household:h', wrapped))).toEqual(Buffer.from(plain));
    });

    it('opens no wrapped key for another owner, though it was just opened for its own', async () => {
      const { wrapped } = await under.keys.newDataKey('person:1');
      await under.keys.unwrap('person:1', wrapped);
      for (const owner of ['person:2', 'household:1', 'person:11', ''])
        await expect(under.keys.unwrap(owner, wrapped)).rejects.toThrow(Error);
    });

    it('opens no wrapped key of which a bit was changed, and none that is no key', async () => {
      const { wrapped } = await under.keys.newDataKey('person:1');
      // the last characters hold bits that no byte has
      for (let at = 0; at < wrapped.length - 10; at += 7)
        await expect(under.keys.unwrap('person:1', changedAt(wrapped, at)), `bit at ${at}`).rejects.toThrow(Error);
      for (const none of ['', 'AAAA', '{}']) await expect(under.keys.unwrap('person:1', none)).rejects.toThrow(Error);
    });

    it('finds a text again by its blind index, in any script, also after a restart, and no other text by it', async () => {
      const texts = [
        'email:a@example.com',
        'email:b@example.com',
        'claim:a@example.com',
        '서울 마포구 데모로 1',
        '👩‍👧 ‏שלום',
        '',
      ];
      const again = await under.again();
      const indexes = await Promise.all(texts.map((text) => under.keys.blindIndex(text)));
      expect(await Promise.all(texts.map((text) => again.blindIndex(text)))).toEqual(indexes);
      expect(new Set(indexes).size).toBe(texts.length);
      for (const index of indexes) expect(index).toMatch(/^[A-Za-z0-9_-]{43}$/);
    });
  });
};
