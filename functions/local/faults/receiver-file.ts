import { appendFileSync } from 'node:fs';
import { randomFrom } from '@hems/models/testing/random';
import { AnswerLate, type HttpOut } from '../../ports/http-out.ts';

/**
 * The other side of the webhooks: it writes down each message before it answers, echoes challenges, and one time in four its answer is late
 * or an error, though it has heard.
 */
export const receiverFile = (file: string, seed: number): HttpOut => {
  const random = randomFrom(seed);
  return {
    call: async ({ headers, body = new Uint8Array() }) => {
      const text = Buffer.from(body).toString();
      const id = headers['webhook-id'];
      if (id === undefined) return { status: 200, headers: {}, body };
      appendFileSync(file, `${JSON.stringify({ id, body: text })}\n`, { flush: true });
      const fate = random();
      if (fate < 0.1) throw new AnswerLate('the receiver answered too late');
      return { status: fate < 0.25 ? 503 : 200, headers: {}, body: new Uint8Array() };
    },
  };
};
