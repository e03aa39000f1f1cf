import { Script } from 'node:vm';

const FUNCTIONS = 4000;
const TIMES = 7;
/** Milliseconds that it takes, about, on the machine of docs/reports/weight.md when nothing else runs. */
const REFERENCE_MS = 80;

/** Each time another source: V8 remembers those it has compiled. */
let sources = 0;
const sourceOf = (): string => {
  const round = (sources += 1);
  const one = (index: number) =>
    `const f${index}=(a,b)=>{const o={a,b,c:[a,b,'${round}-${index}'],d:new Map([[a,b]])};return o.c.map((x)=>String(x).length).reduce((x,y)=>x+y,0)};s+=f${index}(${index},${round});`;
  return `(()=>{let s=0;${Array.from({ length: FUNCTIONS }, (_, index) => one(index)).join('')}return s})()`;
};

/** A machine that is slower than this is not the one that the check was made for; it fails rather than be let through. */
const MOST = 2;

/** How many times slower than the machine of the report this one is at reading and running new code; 1 for a faster one, at most 2. */
export const slowness = (): number => {
  const times = Array.from({ length: TIMES }, () => {
    const [source, used, wall] = [sourceOf(), process.cpuUsage(), performance.now()];
    new Script(source).runInThisContext();
    const { user, system } = process.cpuUsage(used);
    return Math.min((user + system) / 1000, performance.now() - wall);
  });
  return Math.min(MOST, Math.max(1, (times.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0) / REFERENCE_MS));
};
