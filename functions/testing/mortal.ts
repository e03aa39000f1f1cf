/** A process that ends in the middle of its work. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** The process ends at its so many-th call to the world, counted from 0: before the call has had its effect, or after. */
export type End = { readonly at: number; readonly when: 'before' | 'after' };

/**
 * Wraps what a process calls. Once it has ended it does nothing more, and nothing that is under way comes back to it.
 * `dawdle` is awaited before each call, so that processes that run at once take turns in many ways.
 */
export const mortal = (end: End | undefined, dawdle: () => Promise<void>) => {
  let calls = 0;
  let isDead = false;
  return <Args extends unknown[], Answer>(work: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      const isLast = calls === end?.at;
      calls += 1;
      if (isDead || (isLast && end?.when === 'before')) {
        isDead = true;
        throw new Crash();
      }
      await dawdle();
      const answer = await work(...args);
      if (isLast) isDead = true;
      if (isDead) throw new Crash();
      return answer;
    };
};
