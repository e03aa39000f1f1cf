import type { Pixel } from './path.ts';

/** What power flows to or from, beside the home itself. */
export type FlowPart = 'solar' | 'grid' | 'battery' | 'car';

/** Power in W, above 0: towards the home; null: not known. */
export type Flow = { readonly part: FlowPart; readonly toHomeW: number | null };

/** A line between a part and the home. It begins where the power comes from. */
export type FlowLine = {
  readonly part: FlowPart;
  readonly from: Pixel;
  readonly to: Pixel;
  readonly widthPx: number;
  /** how long a mark takes along it: more power is faster; undefined: nothing flows */
  readonly seconds: number | undefined;
  /** in the middle, pointing where the power goes; undefined: nothing flows, or no room */
  readonly arrow: readonly [Pixel, Pixel, Pixel] | undefined;
};

export type FlowNode = Pixel & { readonly radius: number };

export type FlowChart = {
  readonly height: number;
  readonly home: FlowNode;
  readonly nodes: Readonly<Partial<Record<FlowPart, FlowNode>>>;
  readonly lines: readonly FlowLine[];
};

/** Everything is measured in the height of a letter, so that large type has room. */
type Frame = { readonly width: number; readonly remPx: number };

/** A standby trickle is no flow worth a word or an arrow. */
export const IDLE_W = 10;

const PART_REM = 1.5;
const HOME_REM = 2.6;
const GAP_REM = 1.9;
/** The text of the car lies lower than those at the sides. */
const CAR_GAP_REM = 2.9;
/** Centre of a part at the side: half of the widest text under it. */
const SIDE_REM = 2.8;
/** Three lines of text under a part at the side. */
const TEXT_REM = 4.1;
const EDGE_REM = 0.25;
/** Below this the texts of the parts would touch the home. */
const LEAST_REM = 14;

/** As wide as this at 5 kW and above. */
const [THIN_PX, WIDE_PX, FULL_W] = [2, 8, 5000];
const [SLOW_S, FAST_S] = [4, 0.8];

const share = (powerW: number): number => Math.min(1, Math.sqrt(powerW / FULL_W));

const toward = (from: Pixel, to: Pixel, px: number): Pixel => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * px, y: from.y + ((to.y - from.y) / length) * px };
};

const arrowOf = (from: Pixel, to: Pixel, size: number): FlowLine['arrow'] => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 2 * size) return undefined;
  const tip = toward(from, to, (length + size) / 2);
  const base = toward(from, to, (length - size) / 2);
  const [across, along] = [(to.y - from.y) / length, (to.x - from.x) / length];
  const side = (sign: number): Pixel => ({
    x: base.x - sign * across * size * 0.7,
    y: base.y + sign * along * size * 0.7,
  });
  return [side(1), tip, side(-1)];
};

type Ends = { readonly node: FlowNode; readonly home: FlowNode; readonly remPx: number };

const lineOf = ({ part, toHomeW }: Flow, { node, home, remPx }: Ends): FlowLine => {
  const atNode = toward(node, home, node.radius);
  const atHome = toward(home, node, home.radius);
  const [from, to] = toHomeW !== null && toHomeW < 0 ? [atHome, atNode] : [atNode, atHome];
  const powerW = Math.abs(toHomeW ?? 0);
  if (powerW < IDLE_W) return { part, from, to, widthPx: THIN_PX, seconds: undefined, arrow: undefined };
  const widthPx = THIN_PX + (WIDE_PX - THIN_PX) * share(powerW);
  const seconds = SLOW_S + (FAST_S - SLOW_S) * share(powerW);
  return { part, from, to, widthPx, seconds, arrow: arrowOf(from, to, widthPx / 2 + 0.45 * remPx) };
};

/**
 * The home in the middle, the sun above, the grid at the left, the battery at the right, the car below; only what the home has.
 * Undefined where there is no room for it.
 */
export const flowChart = (flows: readonly Flow[], { width, remPx }: Frame): FlowChart | undefined => {
  if (width < LEAST_REM * remPx) return undefined;
  const has = (part: FlowPart): boolean => flows.some((flow) => flow.part === part);
  const radius = PART_REM * remPx;
  const reach = HOME_REM + GAP_REM + PART_REM;
  const reachCar = HOME_REM + CAR_GAP_REM + PART_REM;
  const homeY = EDGE_REM + (has('solar') ? PART_REM + reach : HOME_REM);
  const belowRem = has('car') ? reachCar + PART_REM : Math.max(HOME_REM, PART_REM + TEXT_REM);
  const home = { x: width / 2, y: homeY * remPx, radius: HOME_REM * remPx };
  // wide cards keep their parts together
  const away = Math.min(width / 2 - SIDE_REM * remPx, 9 * remPx);
  const place: Record<FlowPart, Pixel> = {
    solar: { x: home.x, y: home.y - reach * remPx },
    grid: { x: home.x - away, y: home.y },
    battery: { x: home.x + away, y: home.y },
    car: { x: home.x, y: home.y + reachCar * remPx },
  };
  return {
    height: (homeY + belowRem + EDGE_REM) * remPx,
    home,
    nodes: Object.fromEntries(flows.map(({ part }) => [part, { ...place[part], radius }])),
    lines: flows.map((flow) => lineOf(flow, { node: { ...place[flow.part], radius }, home, remPx })),
  };
};
