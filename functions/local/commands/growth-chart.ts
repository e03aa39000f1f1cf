import type { Growth } from './growth-page.ts';

/** Four charts with homes along and a figure up, both on logarithmic scales: a straight line at 45 degrees grows as the homes do. */
type Series = { readonly name: string; readonly points: readonly (readonly [homes: number, value: number])[] };
type Panel = { readonly title: string; readonly unit: string; readonly series: readonly Series[] };
type Range = { readonly from: number; readonly to: number };

const PANEL = { width: 400, height: 250, left: 58, right: 20, top: 44, bottom: 40 } as const;

const powers = ({ from, to }: Range): number[] =>
  Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => from * 10 ** i);
/** Whole powers of ten around the values. */
const around = (values: readonly number[]): Range => ({
  from: 10 ** Math.floor(Math.log10(Math.min(...values))),
  to: 10 ** Math.ceil(Math.log10(Math.max(...values) * 0.9999)),
});

const short = (value: number): string =>
  value >= 1e6 ? `${value / 1e6}M` : value >= 1000 ? `${value / 1000}k` : String(Number(value.toPrecision(3)));

const scale = ({ from, to }: Range, [start, end]: readonly [number, number]) => {
  const [low, high] = [Math.log10(from), Math.log10(to)];
  return (value: number): number => start + ((Math.log10(value) - low) / (high - low)) * (end - start);
};

const panel = ({ title, unit, series }: Panel, homes: Range): string => {
  const { width, height, left, right, top, bottom } = PANEL;
  const range = around(series.flatMap(({ points }) => points.map(([, value]) => value)));
  const x = scale(homes, [left, width - right]);
  const y = scale(range, [height - bottom, top]);
  const grid = [
    ...powers(range).map(
      (value) =>
        `<line class="grid" x1="${left}" x2="${width - right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/><text x="${left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${short(value)}</text>`,
    ),
    ...powers(homes).map(
      (value) =>
        `<line class="grid" y1="${top}" y2="${height - bottom}" x1="${x(value).toFixed(1)}" x2="${x(value).toFixed(1)}"/><text x="${x(value).toFixed(1)}" y="${height - bottom + 16}" text-anchor="middle">${short(value)}</text>`,
    ),
  ];
  const lines = series.map(({ name, points }, index) => {
    const at = points.map(([home, value]) => `${x(home).toFixed(1)},${y(value).toFixed(1)}`);
    const dots = points.map(
      ([home, value]) =>
        `<circle class="s${index}" cx="${x(home).toFixed(1)}" cy="${y(value).toFixed(1)}" r="4"><title>${name}: ${short(home)} homes, ${short(value)} ${unit}</title></circle>`,
    );
    const legend = `<text class="t${index}" text-anchor="end" x="${width - right - 8}" y="${height - bottom - 28 + 16 * index}">${name}</text>`;
    return `<polyline class="s${index}" points="${at.join(' ')}"/>${dots.join('')}${series.length > 1 ? legend : ''}`;
  });
  return `<text class="title" x="${left}" y="20">${title}</text><text x="${left}" y="36">${unit}</text>${grid.join('')}${lines.join('')}<text x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">homes</text>`;
};

const STYLE = `text{font:12px system-ui,sans-serif;fill:#444}.title{font-size:14px;font-weight:600;fill:#111}.back{fill:#fff}.grid{stroke:#ddd}
polyline{fill:none;stroke-width:2}.s0{stroke:#0b62a8}circle.s0{fill:#0b62a8}.s1{stroke:#b34700;stroke-dasharray:6 4}circle.s1{fill:#b34700;stroke-dasharray:none}.t0{fill:#0b62a8}.t1{fill:#b34700}
@media (prefers-color-scheme:dark){text{fill:#bbb}.title{fill:#eee}.back{fill:#14171a}.grid{stroke:#3a3f44}.s0{stroke:#6db8f2}circle.s0{fill:#6db8f2}.s1{stroke:#ffa15c}circle.s1{fill:#ffa15c}.t0{fill:#6db8f2}.t1{fill:#ffa15c}}`;

const panelsOf = ({ measured, costs }: Growth): Panel[] => [
  {
    title: 'Nightly run, measured',
    unit: 's',
    series: [
      { name: 'processor', points: measured.map((one) => [one.households, one.cpuSeconds]) },
      { name: 'by the clock', points: measured.map((one) => [one.households, one.seconds]) },
    ],
  },
  {
    title: 'Store, measured',
    unit: 'GB',
    series: [{ name: 'store', points: measured.map((one) => [one.households, one.storedBytes / 1e9]) }],
  },
  {
    title: 'A reading of every home taken, measured',
    unit: 's of processor',
    series: [{ name: 'ingest', points: measured.map((one) => [one.households, one.ingest.cpuSeconds]) }],
  },
  {
    title: 'A month in the cloud, reckoned',
    unit: '$',
    series: [
      { name: 'a message each minute', points: costs.map((one) => [one.homes, one.readingUsd]) },
      { name: 'a message each quarter hour', points: costs.map((one) => [one.homes, one.batchUsd]) },
    ],
  },
];

/** docs/reports/growth.svg, readable on light and on dark. */
export const growthChart = (growth: Growth): string => {
  const homes = around([
    ...growth.measured.map(({ households }) => households),
    ...growth.costs.map((one) => one.homes),
  ]);
  const { width, height } = PANEL;
  const drawn = panelsOf(growth).map(
    (one, index) =>
      `<g transform="translate(${(index % 2) * width},${Math.floor(index / 2) * height})">${panel(one, homes)}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * width} ${2 * height}" role="img" aria-labelledby="title desc"><title id="title">What grows with homes</title><desc id="desc">Nightly run, store, ingest and monthly cost by the number of homes; the table beside the chart has the figures.</desc><style>${STYLE}</style><rect class="back" width="100%" height="100%"/>${drawn.join('')}</svg>\n`;
};
