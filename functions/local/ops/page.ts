import { BOARDS, type BoardName } from '@hems/shared/metrics/boards';
import { escape } from '../identity/pages.ts';
import { RANGE_NAMES, RANGES, type DrawnChart, type DrawnSeries, type RangeName } from './board-charts.ts';
import { LINE_KINDS, svgOf } from './draw.ts';
import { ERROR } from './histogram.ts';
import { MEASURED_BY } from './measured-by.ts';
import { KEPT_DAYS } from './metric-store.ts';
import { dayAndTime, number, widthOf } from './words.ts';

export const OPS_PATH = '/ops';
export const STYLE_PATH = '/ops/style.css';
const REFRESH_S = 60;
export const BOARD_NAMES = Object.keys(BOARDS).filter((name): name is BoardName => name in BOARDS);

export type Asked = {
  readonly board: BoardName;
  readonly range: RangeName;
  /** the page does not load itself again: somebody reads it */
  readonly still: boolean;
};
export type Seen = {
  readonly charts: readonly DrawnChart[];
  readonly nowMs: number;
  /** since when this host has kept figures */
  readonly firstMs: number | undefined;
};

const addressOf = ({ board, range, still }: Asked): string =>
  escape(`${OPS_PATH}/${board}?range=${range}${still ? '&still=1' : ''}`);

const link = (to: Asked, text: string, isHere: boolean): string =>
  `<li><a href="${addressOf(to)}"${isHere ? ' aria-current="page"' : ''}>${escape(text)}</a></li>`;

const navigation = (asked: Asked): string => {
  const boards = BOARD_NAMES.map((board) => link({ ...asked, board }, BOARDS[board].title, board === asked.board));
  const ranges = RANGE_NAMES.map((range) => link({ ...asked, range }, RANGES[range].says, range === asked.range));
  return `<nav aria-label="Boards"><ul>${boards.join('')}</ul></nav>
<nav aria-label="Time"><ul>${ranges.join('')}</ul></nav>`;
};

/** The newest point that has a value, and the greatest. */
const saidOf = ({ metric, label, values }: DrawnSeries, { span }: DrawnChart): string => {
  const newest = values.findLastIndex((value) => value !== null);
  const most = values.reduce<number>(
    (best, value, at) => ((value ?? -Infinity) > (values[best] ?? -Infinity) ? at : best),
    newest,
  );
  const at = (index: number): string => dayAndTime(span.fromMs + index * span.periodMs);
  const told = (index: number): string => number(values[index] ?? 0);
  if (newest === -1) return `${label}: not measured. What measures it: ${MEASURED_BY[metric]}.`;
  return `${label}: ${told(newest)} at ${at(newest)}, most ${told(most)}${most === newest ? '' : ` at ${at(most)}`}.`;
};

const emptyWords = ({ chart, span, lastMs }: DrawnChart, firstMs: number | undefined): string => {
  const causes = [...new Set(chart.lines.map(({ metric }) => MEASURED_BY[metric]))];
  const since =
    lastMs === undefined
      ? firstMs === undefined
        ? 'Nothing has been measured yet; a minute is shown when it is over.'
        : `Nothing was measured since this host began to keep figures, ${dayAndTime(firstMs)}.`
      : `Nothing was measured since ${dayAndTime(Math.max(lastMs, span.fromMs))}; the last time was ${dayAndTime(lastMs)}.`;
  return `${since} What measures it: ${causes.join('; ')}.`;
};

const tableOf = ({ span, series }: DrawnChart): string => {
  const rows = Array.from({ length: span.points }, (_, index) => {
    const cells = series.map(({ values }) => values[index] ?? null);
    if (cells.every((value) => value === null)) return '';
    const begin = dayAndTime(span.fromMs + index * span.periodMs);
    return `<tr><th scope="row">${begin}</th>${cells.map((value) => `<td>${value === null ? '–' : number(value)}</td>`).join('')}</tr>`;
  });
  const heads = series.map(({ label }) => `<th scope="col">${escape(label)}</th>`);
  return `<table><thead><tr><th scope="col">From</th>${heads.join('')}</tr></thead><tbody>${rows.toReversed().join('')}</tbody></table>`;
};

const sample = (index: number): string =>
  `<svg class="sample" aria-hidden="true" viewBox="0 0 28 8"><path class="line k${index % LINE_KINDS}" d="M1,4H27"/></svg>`;

const sectionOf = (drawn: DrawnChart, at: number, firstMs: number | undefined): string => {
  const { chart, series, span } = drawn;
  const id = `chart-${at}`;
  const isEmpty = series.every(({ values }) => values.every((value) => value === null));
  const head = `<h2 id="${id}">${escape(chart.title)}</h2>
<p class="unit">${escape(chart.unit)}; a point stands for ${widthOf(span.periodMs)}</p>`;
  if (isEmpty)
    return `<section aria-labelledby="${id}">${head}<p class="empty">${escape(emptyWords(drawn, firstMs))}</p></section>`;
  const lines = series.map((one, index) => `<li>${sample(index)} ${escape(saidOf(one, drawn))}</li>`);
  return `<section aria-labelledby="${id}">${head}
${svgOf(drawn, id)}
<ul class="legend">${lines.join('')}</ul>
<details><summary>Table: ${escape(chart.title)}</summary><div class="wide" tabindex="0" role="region" aria-label="Table: ${escape(chart.title)}">${tableOf(drawn)}</div></details>
</section>`;
};

/** A board as a page that needs no script: titles, drawings, what they say in words, and tables. */
export const pageOf = (asked: Asked, { charts, nowMs, firstMs }: Seen): string => {
  const { title, asks } = BOARDS[asked.board];
  const refresh = asked.still ? '' : `<meta http-equiv="refresh" content="${REFRESH_S}">\n`;
  const toggle = asked.still
    ? `This page stands still. <a href="${addressOf({ ...asked, still: false })}">Load it each minute</a>`
    : `It loads itself each minute. <a href="${addressOf({ ...asked, still: true })}">Stand still</a>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}<title>${escape(title)} · HEMS operations</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#charts">To the charts</a>
<header>
<p class="name">HEMS operations, this host</p>
${navigation(asked)}
</header>
<main id="charts">
<h1>${escape(title)}</h1>
<p>${escape(asks)}</p>
<p class="unit">As of ${dayAndTime(nowMs)} in Korea, all times there. ${toggle}</p>
<div class="charts">
${charts.map((drawn, at) => sectionOf(drawn, at, firstMs)).join('\n')}
</div>
</main>
<footer>
<p>The same boards stand in CloudWatch for a stage in the cloud. Figures are kept by the minute for ${KEPT_DAYS} days; percentiles are within ${ERROR * 100} %. No household, person or device is in them. What to do is in docs/operations.md and docs/runbook.md.</p>
</footer>
</body>
</html>
`;
};
