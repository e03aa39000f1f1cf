/** The codes of NAESB ESPI 1.1 (Green Button) that are read and written; numbers as in the public schema `espiDerived.xsd`. */
export const ESPI = 'http://naesb.org/espi';
export const ATOM = 'http://www.w3.org/2005/Atom';

export const UOM_WH = 72;
export const FORWARD = 1;
export const REVERSE = 19;
export const ELECTRICITY = 0;
export const DELTA = 4;

/** Kinds of a reading that are electric energy, with "not applicable" (0); one that is not said is taken for that. */
export const ELECTRIC_COMMODITIES: ReadonlySet<string> = new Set(['0', '1', '2']);
export const ENERGY_KINDS: ReadonlySet<string> = new Set(['0', '12']);
/** the normal value of an interval: no maximum, minimum or mean of something */
export const NORMAL_QUALIFIERS: ReadonlySet<string> = new Set(['0', '12']);
export const COMMODITY_NAMES: Readonly<Record<string, string>> = {
  '3': 'communication',
  '4': 'air',
  '7': 'natural gas',
  '8': 'propane',
  '9': 'drinking water',
  '10': 'steam',
  '11': 'waste water',
  '12': 'heating fluid',
  '13': 'cooling fluid',
};

/** Units that meters are seen with, by name, so that a refusal can say which it was. */
export const UNIT_NAMES: Readonly<Record<string, string>> = {
  '5': 'A',
  '29': 'V',
  '38': 'W',
  '42': 'm³',
  '61': 'VA',
  '63': 'var',
  '71': 'VAh',
  '72': 'Wh',
  '73': 'varh',
  '119': 'ft³',
  '132': 'Btu',
  '169': 'therm',
};

/** Qualities of a value that was measured: valid, raw, validated, verified, revenue. Every other one is a stand-in of some kind. */
export const MEASURED: ReadonlySet<string> = new Set(['0', '14', '17', '18', '19']);
/** Estimated by the days before; a value that is written without a quality was measured. */
export const ESTIMATED = 8;
