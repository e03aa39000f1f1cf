/** Where a home is, as people write it. */
export type Address = {
  /** road and number 도로명주소 */
  readonly address: string;
  /** building and flat 동·호; empty for a house */
  readonly unit: string;
  readonly postalCode: string;
};

/** Half-width for full-width, one composition of Hangul, one hyphen, one space. `²` stays itself: compatibility forms may be another number. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\uFF01-\uFF5E]/gu, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) - 0xfee0))
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\u2010-\u2015\u2212]/gu, '-')
    .replaceAll(/[\s,]+/gu, ' ')
    .trim();

/** 시·도, up to two of 시·군·구, 읍·면 before the road: a road has its name once in a 시·군·구, and the postal code is of one of those. */
const DISTRICTS =
  /^(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|[가-힣]{2,5}[시도]) )?(?:[가-힣]{1,4}[시군구] ){0,2}(?:[가-힣]{1,4}[읍면] )?/u;
/**
 * A road with the branches in its name (`로`, `로3길`, `로29다길`, `로6안길`, `로97번길`), its own number, and nothing behind it. The branch may
 * stand apart (`로 97번길`): no building's number ends in 길.
 */
const ROAD = /^([\p{L}\p{N}·.]*(?:로|길)) ?(\d+[가-힣]{0,2}길)? ?(지하)? ?(\d+) ?(?:- ?(\d+))?$/u;

type Text = string | readonly string[];

/** Road and number apart; whatever has another form, also a building's name behind the number, stays the whole text that it is. */
const roadOf = (address: string): Text => {
  const text = plain(address);
  const [, road, branch = '', below = '', number, sub = ''] = ROAD.exec(text.replace(DISTRICTS, '')) ?? [];
  return road === undefined || number === undefined ? text : [road + branch, below, number, sub];
};

const UNIT = /^(?:([^\s동층호]+) ?동)? ?(?:([^\s동층호]+) ?층)? ?(?:([^\s동층호]+) ?호)?$/u;
/** Of three digits and more on both sides: `101-1` may be a flat 101-1, and `1-101` a floor. */
const BUILDING_FLAT = /^(\d{3,}) ?- ?(\d{3,})$/;
/** `제1203` and `01203` are 1203. */
const numbered = (part: string): string => part.replace(/^제(?=\d)/u, '').replace(/^0+(?=\d+$)/u, '');

/** Building, floor and flat, each in its place; another form stays the whole text that it is. */
const flatOf = (unit: string): Text => {
  const text = plain(unit);
  const [, tower, number] = BUILDING_FLAT.exec(text) ?? [];
  if (tower !== undefined && number !== undefined) return [numbered(tower), '', numbered(number)];
  const parts = UNIT.exec(text)?.slice(1);
  return parts && text !== '' ? parts.map((part: string | undefined) => numbered(part ?? '')) : text;
};

/**
 * One text for the ways in which a flat is written, to be found by its blind index. Nothing that may tell two homes apart is dropped: a
 * branch, a number, 동, 층, 호 and what stands behind the number stay in it, and only districts that the postal code repeats go. So two ways
 * of writing may come out as two addresses: a code does not open then and an operator decides. Two flats never come out as one.
 */
export const normalAddress = ({ address, unit, postalCode }: Address): string =>
  JSON.stringify([postalCode, roadOf(address), flatOf(unit)]);
