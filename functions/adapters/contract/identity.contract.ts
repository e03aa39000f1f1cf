import { beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../ports/identity.ts';

export type IdentityUnderTest = {
  readonly identity: Identity;
  /** signs somebody up whose address was verified; answers the subject */
  addPerson(person: { readonly email: string; readonly name: string }): Promise<string>;
  /** signs them in; answers whether the session can still be renewed, each time it is asked */
  signIn(sub: string): Promise<() => Promise<boolean>>;
};

/** What every `Identity` promises; see `ports/identity.ts`. */
export const identityContract = (name: string, make: () => Promise<IdentityUnderTest>): void => {
  describe(`Identity: ${name}`, () => {
    let adapter: IdentityUnderTest;
    let people = 0;
    beforeEach(async () => {
      adapter = await make();
    });
    const aPerson = async (): Promise<string> =>
      await adapter.addPerson({ email: `person-${(people += 1)}@example.com`, name: '김하나 👩‍👩‍👧 שרה' });

    it('knows an account by its subject, emoji and right-to-left names included', async () => {
      const sub = await aPerson();
      expect(await adapter.identity.read(sub)).toEqual({
        sub,
        email: `person-${people}@example.com`,
        emailVerified: true,
        name: '김하나 👩‍👩‍👧 שרה',
      });
    });

    it('knows nobody of an unknown subject', async () => {
      await aPerson();
      expect(await adapter.identity.read('00000000-0000-4000-8000-000000000000')).toBeUndefined();
    });

    it('ends every session of one person, and no session of another', async () => {
      const [sub, other] = [await aPerson(), await aPerson()];
      const [first, second, others] = [
        await adapter.signIn(sub),
        await adapter.signIn(sub),
        await adapter.signIn(other),
      ];
      await adapter.identity.signOut(sub);
      expect([await first(), await second(), await others()]).toEqual([false, false, true]);
    });

    it('lets somebody who was signed out sign in again', async () => {
      const sub = await aPerson();
      await adapter.signIn(sub);
      await adapter.identity.signOut(sub);
      const again = await adapter.signIn(sub);
      expect(await again()).toBe(true);
    });

    it('forgets an account for good, its sessions included; a second time changes nothing', async () => {
      const sub = await aPerson();
      const session = await adapter.signIn(sub);
      await adapter.identity.delete(sub);
      await adapter.identity.delete(sub);
      expect(await adapter.identity.read(sub)).toBeUndefined();
      expect(await session()).toBe(false);
    });

    it('lets the address of a deleted account be used for another one', async () => {
      const sub = await aPerson();
      const email = `person-${people}@example.com`;
      await adapter.identity.delete(sub);
      const again = await adapter.addPerson({ email, name: 'again' });
      expect(again).not.toBe(sub);
      expect(await adapter.identity.read(again)).toMatchObject({ email, name: 'again' });
    });

    it('takes the end of what is not there for done', async () => {
      await expect(adapter.identity.signOut('00000000-0000-4000-8000-000000000000')).resolves.toBeUndefined();
      await expect(adapter.identity.delete('00000000-0000-4000-8000-000000000000')).resolves.toBeUndefined();
    });
  });
};
