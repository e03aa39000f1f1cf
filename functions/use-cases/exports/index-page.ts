import { isoSeoul } from '@hems/models/calendar/seoul';
import { escaped } from '@hems/models/text/escaped';
import type { Section } from '../../ports/files.ts';

type Words = { readonly ko: string; readonly en: string };
type Row = { readonly path: string } & Words;

/** What lies in the archive, by path; a folder ends with `/`. A test holds it against what is written. */
export const CONTENTS: readonly Row[] = [
  {
    path: 'household/',
    ko: '집: 주소, 구성원, 기기, 계약, 동의, 접근 기록',
    en: 'The household: address, members, devices, supply, consents, access log',
  },
  {
    path: 'person/',
    ko: '요청한 본인: 이름, 이메일, 알림과 알림 설정',
    en: 'You: name, e-mail address, notices and their settings',
  },
  { path: 'energy/days.csv', ko: '일별 에너지(Wh), 요금과 절약(원)', en: 'Days: energy in Wh, cost and saving in won' },
  { path: 'energy/months.csv', ko: '월별 합계', en: 'Months: sums of the days' },
  {
    path: 'energy/quarter-hours.csv',
    ko: '15분 단위 에너지(Wh), 최근 400일',
    en: 'Quarter hours: energy in Wh, of the last 400 days',
  },
  {
    path: 'energy/green-button.xml',
    ko: '전력망 사용량, Green Button(ESPI 1.1) 형식',
    en: 'Energy over the grid connection as Green Button (ESPI 1.1)',
  },
  {
    path: 'energy/',
    ko: '계산 근거를 포함한 전체 일·월·예측 기록',
    en: 'The same with what it rests on, and forecasts',
  },
  {
    path: 'readings/',
    ko: '기기의 원본 측정값, 전기 365일, 실내 환경 90일',
    en: 'What each device said: electricity 365 days, air of the rooms 90 days',
  },
  {
    path: 'rewards/',
    ko: '프로그램 참여, 리워드 내역과 근거, 지급',
    en: 'Programmes, rewards and what they were worked out from, payouts',
  },
  { path: 'community/', ko: '커뮤니티 참여와 본인 순위 기록', en: 'Community: memberships, own standings, challenges' },
];

const NOTES: readonly Words[] = [
  { ko: '비어 있는 칸은 “모름”이며 0이 아니에요.', en: 'An empty cell is not known; it is not 0.' },
  {
    ko: 'importWh는 전력망에서 받은 전력량, exportWh는 보낸 전력량이에요. to와 from은 배터리에서 본 방향이에요.',
    en: 'importWh was drawn from the grid, exportWh fed into it; to and from are as seen by the battery.',
  },
  {
    ko: '시각은 한국 표준시(+09:00)이고, epoch_ms는 1970년 1월 1일 0시(UTC)부터 센 밀리초예요.',
    en: 'Times are Korea Standard Time (+09:00); epoch_ms counts milliseconds since 1970-01-01 00:00 UTC.',
  },
  {
    ko: '다른 구성원의 이메일과 알림은 그 사람의 것이므로 들어 있지 않아요.',
    en: 'E-mail addresses and notices of other members are theirs and are not in here.',
  },
];

const rowHtml = ({ path, ko, en }: Row): string =>
  `<tr><td><a href="${path}">${path}</a></td><td lang="ko">${ko}</td><td lang="en">${en}</td></tr>`;
const noteHtml = ({ ko, en }: Words): string => `<li><span lang="ko">${ko}</span><br><span lang="en">${en}</span></li>`;

/** A page to read the archive by, in both languages, without any script. */
const indexPage = ({ name, madeMs }: { readonly name: string; readonly madeMs: number }): string =>
  [
    '<!doctype html>\n<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<title>우리 집 에너지</title><style>body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}td{padding:.4rem .8rem .4rem 0;vertical-align:top}</style></head><body>',
    `<h1 dir="auto">${escaped(name)}</h1>`,
    `<p>${isoSeoul(madeMs)}</p>`,
    `<table>${CONTENTS.map(rowHtml).join('\n')}</table>`,
    `<ul>${NOTES.map(noteHtml).join('\n')}</ul>`,
    '</body></html>\n',
  ].join('\n');

export const indexSection = (page: { readonly name: string; readonly madeMs: number }): Section => ({
  path: 'index.html',
  texts: async function* () {
    yield indexPage(page);
  },
});
