/** Eight lines that differ by colour (Okabe and Ito 2008, darkened or lightened to a contrast of 3 to 1) and by their dashes. */
const DASHES = ['none', '7 3', '2 3', '10 3 2 3', '4 2', '12 4', '1 2', '6 2 1 2 1 2'];
const KINDS = DASHES.map(
  (dash, kind) => `.k${kind} { stroke: var(--k${kind}); } .line.k${kind} { stroke-dasharray: ${dash}; }`,
);

export const STYLE = `:root { color-scheme: light dark; --ink: #17202a; --paper: #fff; --soft: #56616d; --line: #d5dbe1; --main: #0b5cad; --card: #f6f8fa;
  --k0: #0b5cad; --k1: #b84300; --k2: #007a56; --k3: #a3417c; --k4: #7a6200; --k5: #22799f; --k6: #555; --k7: #6b3fa0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --paper: #12181f; --soft: #a5b1bd; --line: #36414c; --main: #7db7f0; --card: #1a222b;
  --k0: #7db7f0; --k1: #ff9d5c; --k2: #4fc9a0; --k3: #e89ac7; --k4: #e0c341; --k5: #8fd3ee; --k6: #c4c4c4; --k7: #c3a6ee; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, 'Apple SD Gothic Neo', 'Noto Sans KR', sans-serif; }
header, main, footer { max-width: 90rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: .75rem; } .name { margin: 0; color: var(--soft); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem; padding: 0; margin: .25rem 0; list-style: none; }
nav a { display: inline-block; min-height: 2.75rem; padding: .5rem .9rem; border-radius: .5rem; text-decoration: none; }
nav a[aria-current] { background: var(--card); color: var(--ink); font-weight: 600; box-shadow: inset 0 -3px var(--main); }
a { color: var(--main); } :focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem; }
h1 { font-size: 1.5rem; margin: .75rem 0 0; } h1 + p { margin-top: 0; } h2 { font-size: 1.05rem; margin: 0; }
.unit { color: var(--soft); font-size: .875rem; margin: 0 0 .5rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; margin-top: 1rem; }
section { min-width: 0; padding: .9rem; background: var(--card); border-radius: .75rem; }
svg { display: block; width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 13px; }
.value { text-anchor: end; } .time { text-anchor: middle; }
.grid { stroke: var(--line); } path { fill: none; } .line { stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.dots { stroke-width: 5; stroke-linecap: round; }
${KINDS.join('\n')}
.legend { list-style: none; padding: 0; margin: .5rem 0; font-size: .9rem; } .legend li { padding: .1rem 0; }
.sample { display: inline-block; width: 28px; height: 8px; vertical-align: middle; }
.empty { margin: .25rem 0; } summary { cursor: pointer; min-height: 2.75rem; padding: .6rem 0; font-size: .9rem; color: var(--main); }
.wide { max-height: 20rem; overflow: auto; } table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); } th:first-child { text-align: left; }
footer { color: var(--soft); font-size: .875rem; padding-block: 1rem 2rem; }
@media (max-width: 30rem) { svg text { font-size: 20px; } .sample { width: 28px; } }
`;
