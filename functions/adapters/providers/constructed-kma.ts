import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { addDays, dayNumber, type LocalDate } from '@hems/models/calendar/seoul';

/**
 * A server that speaks the formats of the public data portal, for tests. CONSTRUCTED from the portal's pages (15059093,
 * 15084084, 15000415), its code table and answers quoted in public repositories: no recording of the service.
 */
export type ConstructedKma = {
  readonly url: string;
  /** what was asked, in order */
  readonly asked: URLSearchParams[];
  /** answers the next requests instead of the service; `hang` leaves a request without an answer */
  next(...answers: (ConstructedAnswer | 'hang')[]): void;
  /** a station's gaps: no row, or a row without a mean */
  readonly missing: Set<LocalDate>;
  readonly empty: Set<LocalDate>;
  /** lines of what is in force over the country, as the service writes them */
  readonly inForce: string[];
  close(): Promise<void>;
};
export type ConstructedAnswer = {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
};

export const CONSTRUCTED_KEY = 'constructed+key/with==';
const PAGE_MAX = 999;
const MAX_RANGE = 999;

export const constructedEnvelope = (code: string, said: string): ConstructedAnswer => ({
  body: JSON.stringify({ response: { header: { resultCode: code, resultMsg: said } } }),
});
export const constructedGateway = (code: string, said: string, status = 200): ConstructedAnswer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<OpenAPI_ServiceResponse>\n\t<cmmMsgHeader>\n\t\t<errMsg>SERVICE ERROR</errMsg>\n\t\t<returnAuthMsg>${said}</returnAuthMsg>\n\t\t<returnReasonCode>${code}</returnReasonCode>\n\t</cmmMsgHeader>\n</OpenAPI_ServiceResponse>`,
});
const listed = (rows: readonly unknown[], asked: URLSearchParams): ConstructedAnswer => {
  const [pageNo, numOfRows] = [Number(asked.get('pageNo')), Math.min(PAGE_MAX, Number(asked.get('numOfRows')))];
  const page = rows.slice((pageNo - 1) * numOfRows, pageNo * numOfRows);
  // a single row is no list
  const item = page.length === 1 ? page[0] : page;
  const body = {
    dataType: 'JSON',
    items: page.length === 0 ? '' : { item },
    pageNo,
    numOfRows,
    totalCount: rows.length,
  };
  return { body: JSON.stringify({ response: { header: { resultCode: '00', resultMsg: 'NORMAL_SERVICE' }, body } }) };
};

const dashed = (date: string): LocalDate => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
/** A year between −2 and 26 °C, tenths, as text. */
export const constructedCelsius = (date: LocalDate): string =>
  (12 - 14 * Math.cos((2 * Math.PI * (dayNumber(date) % 365)) / 365)).toFixed(1);

type Station = {
  readonly today: LocalDate;
  readonly missing: Set<LocalDate>;
  readonly empty: Set<LocalDate>;
  /** what is in force over the country, as the service writes it */
  readonly inForce: string[];
};
const status = (asked: URLSearchParams, { today, inForce }: Station): ConstructedAnswer => {
  const day = today.replaceAll('-', '');
  const row = { tmSeq: 3, tmEf: Number(`${day}0400`), t7: 'o 없음', other: 'o 없음' };
  // the one before stays in the list
  return listed(
    [
      { ...row, tmFc: Number(`${day}0100`), t6: 'o 한파경보 : 서울특별시, 제주도' },
      { ...row, tmFc: Number(`${day}0400`), t6: inForce.length === 0 ? 'o 없음' : inForce.join('\r\n') },
    ],
    asked,
  );
};

const observed = (asked: URLSearchParams, { today, missing, empty }: Station): ConstructedAnswer => {
  const [from, to] = [dashed(asked.get('startDt') ?? ''), dashed(asked.get('endDt') ?? '')];
  if (to >= today) return constructedEnvelope('99', '전날 자료까지 제공됩니다. 날짜 범위를 확인해주세요.');
  const count = dayNumber(to) - dayNumber(from) + 1;
  if (count > MAX_RANGE) return constructedEnvelope('99', '최대 조회 기간을 초과하였습니다.');
  const dates = Array.from({ length: count }, (_, i) => addDays(from, i)).filter((date) => !missing.has(date));
  if (dates.length === 0) return constructedEnvelope('03', 'NODATA_ERROR');
  const rows = dates.map((tm) => ({
    stnId: asked.get('stnIds'),
    stnNm: '서울',
    tm,
    avgTa: empty.has(tm) ? '' : constructedCelsius(tm),
    minTa: '-12.7',
    sumRn: '',
  }));
  return listed(rows, asked);
};

const HOURLY = ['TMP', 'UUU', 'VVV', 'VEC', 'WSD', 'SKY', 'PTY', 'POP', 'WAV', 'PCP', 'REH', 'SNO'];
/** Clear in the morning, mostly cloudy by day, rain at 20, overcast at night. */
const VALUES: Readonly<Record<string, (hour: number) => string>> = {
  PCP: () => '강수없음',
  SKY: (hour) => (hour < 9 ? '1' : hour < 18 ? '3' : '4'),
  PTY: (hour) => (hour === 20 ? '1' : '0'),
};
/** Hourly to the third day, the hours after the announcement; the lowest and highest of each whole day. More than a page. */
const forecast = (asked: URLSearchParams): ConstructedAnswer => {
  const first = dashed(asked.get('base_date') ?? '');
  const baseHour = Number(asked.get('base_time')?.slice(0, 2));
  const [startDay, startHour] = baseHour === 23 ? [addDays(first, 1), 0] : [first, baseHour + 1];
  const rows = Array.from({ length: 4 * 24 - startHour }, (_, i) => i + startHour).flatMap((hour) => {
    const fcstDate = addDays(startDay, Math.floor(hour / 24)).replaceAll('-', '');
    const fcstTime = `${String(hour % 24).padStart(2, '0')}00`;
    const row = {
      baseDate: asked.get('base_date'),
      baseTime: asked.get('base_time'),
      fcstDate,
      fcstTime,
      nx: 60,
      ny: 127,
    };
    const extreme =
      hour % 24 === 6
        ? [{ ...row, category: 'TMN', fcstValue: '4.0' }]
        : hour % 24 === 15
          ? [{ ...row, category: 'TMX', fcstValue: '13.0' }]
          : [];
    const own = HOURLY.map((category) => ({
      ...row,
      category,
      fcstValue: VALUES[category]?.(hour % 24) ?? String(hour % 24),
    }));
    return [...own, ...extreme];
  });
  return listed(rows, asked);
};

const answerOf = (request: IncomingMessage, asked: URLSearchParams, station: Station): ConstructedAnswer => {
  if (asked.get('serviceKey') !== CONSTRUCTED_KEY)
    return constructedGateway('30', 'SERVICE_KEY_IS_NOT_REGISTERED_ERROR', 403);
  const operation = new URL(request.url ?? '', 'http://kma').pathname.split('/').at(-1);
  if (operation === 'getWthrDataList') return observed(asked, station);
  if (operation === 'getVilageFcst') return forecast(asked);
  if (operation === 'getPwnStatus') return status(asked, station);
  return constructedGateway('12', 'NO_OPENAPI_SERVICE_ERROR');
};

export const startConstructedKma = async (today: LocalDate): Promise<ConstructedKma> => {
  const asked: URLSearchParams[] = [];
  const instead: (ConstructedAnswer | 'hang')[] = [];
  const station: Station = { today, missing: new Set(), empty: new Set(), inForce: [] };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { searchParams } = new URL(request.url ?? '', 'http://kma');
    asked.push(searchParams);
    const answer = instead.shift() ?? answerOf(request, searchParams, station);
    if (answer === 'hang') return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    ...station,
    url: `http://127.0.0.1:${address.port}/1360000`,
    asked,
    next: (...answers) => void instead.push(...answers),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
};
