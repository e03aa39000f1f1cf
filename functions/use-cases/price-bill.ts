import { priceBill as price, type BillAnswer } from '@hems/models/tariff/bill';
import { refused, type Refusal, type RefusalCode } from '@hems/models/tariff/refusal';
import type { BilledUse, BillRequest } from '@hems/models/tariff/request';
import { billQuery, type BillQuery } from '@hems/shared/api/tariffs';

const CODES: Readonly<Record<string, RefusalCode>> = {
  voltage: 'unknown-voltage',
  plan: 'unknown-plan',
  discount: 'unknown-discount',
  from: 'bad-date',
  to: 'bad-date',
  'contract-kw': 'bad-contract-kw',
};
const KWH_FIELDS = ['kwh', 'kwh-off', 'kwh-mid', 'kwh-peak', 'export-kwh', 'carried-kwh'];

/** The parameters as they were typed, checked one by one. */
export const readBillQuery = (raw: Readonly<Record<string, string>>): BillQuery | Refusal => {
  const parsed = billQuery.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = String(issue?.path[0] ?? '');
  const code = CODES[at] ?? (KWH_FIELDS.includes(at) ? 'bad-kwh' : 'unknown-parameter');
  return refused(code, at, raw[at] === undefined && at !== '' ? 'is missing' : (issue?.message ?? 'is not understood'));
};

const touUse = (query: BillQuery): BilledUse | Refusal => {
  const { 'contract-kw': contractKw, 'kwh-off': off, 'kwh-mid': mid, 'kwh-peak': peak } = query;
  if (contractKw === undefined)
    return refused('bad-contract-kw', 'contract-kw', 'the plan tou needs the contract in kW');
  if (off === undefined || mid === undefined || peak === undefined)
    return refused('bad-kwh', 'kwh-off', 'the plan tou needs kwh-off, kwh-mid and kwh-peak');
  if (query.kwh !== undefined && query.kwh !== off + mid + peak)
    return refused('bad-kwh', 'kwh', `${query.kwh} kWh is not the sum of the bands, ${off + mid + peak}`);
  return { plan: 'tou', contractKw, bandKwh: { off, mid, peak } };
};

const progressiveUse = (query: BillQuery): BilledUse | Refusal => {
  const stray = (['contract-kw', 'kwh-off', 'kwh-mid', 'kwh-peak'] as const).find((name) => query[name] !== undefined);
  if (stray) return refused('unknown-parameter', stray, 'belongs to the plan tou');
  if (query.kwh === undefined) return refused('bad-kwh', 'kwh', 'is missing');
  return { plan: 'progressive', kwh: query.kwh };
};

const requestOf = (query: BillQuery): BillRequest | Refusal => {
  const use = query.plan === 'tou' ? touUse(query) : progressiveUse(query);
  if ('status' in use) return use;
  const { voltage, from, to, discount = [], 'export-kwh': exportKwh, 'carried-kwh': carriedKwh } = query;
  const request = { voltage, from, to, use, discounts: discount };
  if (exportKwh === undefined && carriedKwh === undefined) return request;
  const vatOnSupply = query['vat-on-supply'] ?? false;
  return { ...request, netMetering: { exportKwh: exportKwh ?? 0, carriedKwh: carriedKwh ?? 0, vatOnSupply } };
};

/** Prices what the parameters describe. A refusal is an answer, in the same words for command line and API. */
export const priceBill = (query: BillQuery): BillAnswer => {
  const request = requestOf(query);
  return 'status' in request ? request : price(request);
};
