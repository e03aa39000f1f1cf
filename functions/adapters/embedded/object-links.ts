import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';

/** What a link lets its holder do, and until when (epoch ms). */
const write = z.object({ may: z.literal('write'), key: z.string(), maxBytes: z.int(), untilMs: z.int() });
const read = z.object({ may: z.literal('read'), key: z.string(), fileName: z.string(), untilMs: z.int() });
const grant = z.discriminatedUnion('may', [write, read]);
type Grant = z.infer<typeof grant>;
export type WriteGrant = z.infer<typeof write>;
export type ReadGrant = z.infer<typeof read>;

/** Signed links to single objects, as S3 presigns them: whoever holds one may do the one thing it says until it ends. */
export type ObjectLinks = {
  sign(granted: Grant): string;
  /** undefined: never signed here, changed, ended, or for the other thing */
  openWrite(token: string): WriteGrant | undefined;
  openRead(token: string): ReadGrant | undefined;
};

export const objectLinks = (secret: Uint8Array, clock: Clock): ObjectLinks => {
  const tagOf = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  const open = (token: string): Grant | undefined => {
    const [text = '', tag = '', ...more] = token.split('.');
    if (more.length > 0) return undefined;
    const given = Buffer.from(tag, 'base64url');
    const wanted = tagOf(text);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    const granted = grant.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return granted.untilMs > clock.now() ? granted : undefined;
  };
  return {
    sign: (granted) => {
      const text = Buffer.from(JSON.stringify(granted)).toString('base64url');
      return `${text}.${tagOf(text).toString('base64url')}`;
    },
    openWrite: (token) => {
      const granted = open(token);
      return granted?.may === 'write' ? granted : undefined;
    },
    openRead: (token) => {
      const granted = open(token);
      return granted?.may === 'read' ? granted : undefined;
    },
  };
};
