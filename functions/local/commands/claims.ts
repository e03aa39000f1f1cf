import { parseArgs } from 'node:util';
import { isoSeoul } from '@hems/models/calendar/seoul';
import { DEVICE_KINDS, deviceKind } from '@hems/models/device/kinds';
import { issueClaims } from '@hems/shared/api/claims';
import { asOperator, callRoute } from './local-host.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems claims --devices KIND,KIND… --expires YYYY-MM-DD SERIAL…
Enters gateways of a delivery by serial number, each with these devices behind it, and makes their claim codes for the labels (as text or
QR). A code is used once. They are shown now and never again: what is lost is made anew, and the code before it opens nothing.
KIND is ${DEVICE_KINDS.join(', ')}.
As the operator, at the running local host or at the stage that HEMS_URL names. hems unlock HOUSEHOLD --claims lets a household try again after ten wrong codes.`;

const OPTIONS = {
  devices: { type: 'string' },
  expires: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const kindsOf = (text: string) =>
  text.split(',').map((name) => {
    const kind = deviceKind.safeParse(name);
    if (!kind.success) throw new CommandRefused(`There is no kind ${name}. Known: ${DEVICE_KINDS.join(', ')}`);
    return kind.data;
  });

/** The command `hems claims`: one line a gateway, its code after a tab. */
export const runClaims = async (args: string[]): Promise<number> => {
  const { values, positionals: serials } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { devices, expires: expiresOn } = values;
  if (devices === undefined || expiresOn === undefined || serials.length === 0)
    throw new CommandRefused(`All three are needed.\n${USAGE}`);
  const kinds = kindsOf(devices);
  const body = { gateways: serials.map((serial) => ({ serial, devices: kinds })), expiresOn };
  const { claims, expiresMs } = await callRoute({ ...(await asOperator()), route: issueClaims, body });
  for (const { serial, code } of claims) console.log(`${shown(serial)}\t${code}`);
  console.error(`${claims.length} claim codes, until ${isoSeoul(expiresMs)}. They cannot be shown again.`);
  return 0;
};
