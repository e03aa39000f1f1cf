import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openField, sealed, sealField, type FieldOf, type Sealed } from './seal.ts';

/** GCM refuses; a tag or nonce of another length is refused before */
const UNOPENED = /unable to authenticate|[Ii]nvalid|not base64url/;

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const name = fc.string({ unit: 'grapheme', maxLength: 30 });
const of = fc.record({ owner: name, field: name });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('', '서울특별시 마포구 데모로 1, 101동 101호', '👩‍👩‍👧‍👦🏳️‍🌈', '‏مرحبا بالعالم‏ שלום', 'é ≠ é', '\u0000\uFEFF'),
);

const SEALED_PARTS = ['iv', 'text', 'tag'] as const;
type Part = (typeof SEALED_PARTS)[number];
const withChanged = (field: Sealed, part: Part, bit: number): Sealed => {
  const bytes = Buffer.from(field[part], 'base64url');
  const at = bit % (bytes.length * 8);
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
  return { ...field, [part]: bytes.toString('base64url') };
};

test('what is sealed opens with its key as its owner’s field, character by character, and says nothing by itself', () => {
  fc.assert(
    fc.property(key, of, text, (own, whose, said) => {
      const field = sealField(own, whose, said);
      expect(openField(own, whose, sealed.parse(JSON.parse(JSON.stringify(field))))).toBe(said);
      const kept = JSON.stringify(field);
      if (said.length > 3) expect(kept).not.toContain(Buffer.from(said).toString('base64url'));
    }),
  );
});

test('it opens with no other key, for no other owner and as no other field, whatever their names have in common', () => {
  fc.assert(
    fc.property(key, key, of, of, text, (own, otherKey, whose, other, said) => {
      const field = sealField(own, whose, said);
      const same = (a: FieldOf, b: FieldOf): boolean => a.owner === b.owner && a.field === b.field;
      fc.pre(!Buffer.from(own).equals(otherKey) && !same(whose, other));
      expect(() => openField(otherKey, whose, field)).toThrow(UNOPENED);
      expect(() => openField(own, other, field)).toThrow(UNOPENED);
      // the boundary between owner and field may not be moved
      const moved = { owner: whose.owner + whose.field, field: '' };
      if (!same(whose, moved)) expect(() => openField(own, moved, field)).toThrow(UNOPENED);
    }),
  );
});

test('it opens not at all when any bit of it is another one', () => {
  fc.assert(
    fc.property(key, of, text, fc.constantFrom(...SEALED_PARTS), fc.nat(), (own, whose, said, part, bit) => {
      const field = sealField(own, whose, said);
      fc.pre(field[part] !== '');
      expect(() => openField(own, whose, withChanged(field, part, bit))).toThrow(UNOPENED);
    }),
  );
});

test('it opens not at all with its tag cut short, or a character in place of another that reads as the same bytes', () => {
  const own = randomBytes(32);
  const whose = { owner: 'person:1', field: 'email' };
  const field = sealField(own, whose, 'demo1@example.com');
  const cut = Buffer.from(field.tag, 'base64url').subarray(0, 12).toString('base64url');
  expect(() => openField(own, whose, { ...field, tag: cut })).toThrow(UNOPENED);
  // 16 bytes leave four bits of the last of 22 characters unused
  const last = field.tag.at(-1) ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const twin = field.tag.slice(0, -1) + (alphabet[alphabet.indexOf(last) ^ 1] ?? '');
  expect(Buffer.from(twin, 'base64url').equals(Buffer.from(field.tag, 'base64url'))).toBe(true);
  expect(() => openField(own, whose, { ...field, tag: twin })).toThrow(/not base64url/);
});

test('a text of 10 kB opens, and the same text is sealed differently each time', () => {
  const own = randomBytes(32);
  const whose = { owner: 'household:h', field: 'address' };
  const long = '가나다👩‍👧'.repeat(10_000).slice(0, 10_240);
  const [one, other] = [sealField(own, whose, long), sealField(own, whose, long)];
  expect(openField(own, whose, one)).toBe(openField(own, whose, other));
  for (const part of SEALED_PARTS) expect(one[part]).not.toBe(other[part]);
});
