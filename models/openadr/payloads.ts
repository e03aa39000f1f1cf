/**
 * The payload types that OpenADR 3.1.0 defines (Definition, tables 1 to 6), each with what its values are. Any other string is a private
 * type: its values are taken as they are.
 */
type Values = 'integer' | 'number' | 'string' | 'point' | 'any';

const EVENT_VALUES: Readonly<Record<string, Values>> = {
  SIMPLE: 'integer',
  PRICE: 'number',
  PRICE_ALTERNATE: 'number',
  CHARGE_STATE_SETPOINT: 'number',
  DISPATCH_SETPOINT: 'number',
  DISPATCH_SETPOINT_RELATIVE: 'number',
  DISPATCH_INSTRUCTION: 'any',
  CONTROL_SETPOINT: 'any',
  CONTROL_LEVEL_OFFSET: 'integer',
  CONTROL_LEVEL_OFFSET_PERCENT: 'number',
  EXPORT_PRICE: 'number',
  GHG: 'number',
  CURVE: 'point',
  OLS: 'number',
  IMPORT_CAPACITY_SUBSCRIPTION: 'number',
  IMPORT_CAPACITY_RESERVATION: 'number',
  IMPORT_CAPACITY_RESERVATION_FEE: 'number',
  IMPORT_CAPACITY_AVAILABLE: 'number',
  IMPORT_CAPACITY_AVAILABLE_PRICE: 'number',
  EXPORT_CAPACITY_SUBSCRIPTION: 'number',
  EXPORT_CAPACITY_RESERVATION: 'number',
  EXPORT_CAPACITY_RESERVATION_FEE: 'number',
  EXPORT_CAPACITY_AVAILABLE: 'number',
  EXPORT_CAPACITY_AVAILABLE_PRICE: 'number',
  IMPORT_CAPACITY_LIMIT: 'number',
  EXPORT_CAPACITY_LIMIT: 'number',
  ALERT_GRID_EMERGENCY: 'string',
  ALERT_BLACK_START: 'string',
  ALERT_POSSIBLE_OUTAGE: 'string',
  ALERT_FLEX_ALERT: 'string',
  ALERT_FIRE: 'string',
  ALERT_FREEZING: 'string',
  ALERT_WIND: 'string',
  ALERT_TSUNAMI: 'string',
  ALERT_AIR_QUALITY: 'string',
  ALERT_OTHER: 'string',
  CTA2045_REBOOT: 'integer',
  CTA2045_SET_OVERRIDE_STATUS: 'integer',
};

const REPORT_VALUES: Readonly<Record<string, Values>> = {
  READING: 'number',
  USAGE: 'number',
  DEMAND: 'number',
  SETPOINT: 'any',
  DELTA_USAGE: 'number',
  BASELINE: 'number',
  OPERATING_STATE: 'string',
  UP_REGULATION_AVAILABLE: 'number',
  DOWN_REGULATION_AVAILABLE: 'number',
  REGULATION_SETPOINT: 'number',
  STORAGE_USABLE_CAPACITY: 'number',
  STORAGE_CHARGE_LEVEL: 'number',
  STORAGE_MAX_DISCHARGE_POWER: 'number',
  STORAGE_MAX_CHARGE_POWER: 'number',
  SIMPLE_LEVEL: 'integer',
  USAGE_FORECAST: 'number',
  STORAGE_DISPATCH_FORECAST: 'number',
  LOAD_SHED_DELTA_AVAILABLE: 'number',
  GENERATION_DELTA_AVAILABLE: 'number',
  DATA_QUALITY: 'string',
  IMPORT_RESERVATION_CAPACITY: 'number',
  IMPORT_RESERVATION_FEE: 'number',
  EXPORT_RESERVATION_CAPACITY: 'number',
  EXPORT_RESERVATION_FEE: 'number',
};

/** What a value of the enumerated types may be. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  SIMPLE: [0, 3],
  SIMPLE_LEVEL: [0, 3],
  CONTROL_LEVEL_OFFSET: [-10, 10],
  OLS: [0, 1],
  CTA2045_REBOOT: [0, 1],
  CTA2045_SET_OVERRIDE_STATUS: [0, 1],
};
export const DATA_QUALITIES = ['OK', 'MISSING', 'ESTIMATED', 'BAD'] as const;

type Payload = { readonly type: string; readonly values: readonly unknown[] };

const IS: Readonly<Record<Values, (value: unknown) => boolean>> = {
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  point: (value) => typeof value === 'object',
  any: () => true,
};

const wrong = ({ type, values }: Payload, kinds: Readonly<Record<string, Values>>): string | undefined => {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined) return undefined;
  if (!values.every(IS[kind])) return `the values of ${type} are of type ${kind}`;
  const [least, most] = RANGES[type] ?? [-Infinity, Infinity];
  if (values.some((value) => typeof value === 'number' && (value < least || value > most)))
    return `the values of ${type} are from ${least} to ${most}`;
  if (type === 'DATA_QUALITY' && !values.every((value) => DATA_QUALITIES.some((one) => one === value)))
    return `a DATA_QUALITY is one of ${DATA_QUALITIES.join(', ')}`;
  return undefined;
};

/** What is wrong with a payload of an event; undefined: nothing, or its type is a private one. */
export const wrongInEvent = (payload: Payload): string | undefined => wrong(payload, EVENT_VALUES);
/** What is wrong with a payload of a report. */
export const wrongInReport = (payload: Payload): string | undefined => wrong(payload, REPORT_VALUES);
