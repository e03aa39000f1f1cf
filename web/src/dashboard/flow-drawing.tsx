import { flowChart, type FlowLine, type FlowPart } from '@hems/shared/chart/flow-chart';
import type { FlowPartView, FlowsView } from '@hems/shared/view/flows';
import type { CSSProperties, ReactNode } from 'react';
import { HomeIcon, Icon } from '../ui/icons.tsx';
import { BatteryIcon, PylonIcon, SunIcon } from '../ui/source-icons.tsx';
import { useWidth } from '../ui/use-width.ts';
import styles from './flows.module.css';

const CarIcon = (): ReactNode => (
  <Icon>
    <path d="M2.5 14v-3.2l2-.9 1.8-4h7.4l1.8 4 2 .9V14zM5.5 9.9h9M5 14v1.8M15 14v1.8" />
  </Icon>
);

const ICONS: Record<FlowPart, () => ReactNode> = {
  solar: SunIcon,
  grid: PylonIcon,
  battery: BatteryIcon,
  car: CarIcon,
};

const ICON_PX = 20;
const remPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

type Place = { readonly x: number; readonly y: number; readonly rem: number };

const Sign = ({ x, y, rem, children }: Place & { readonly children: ReactNode }): ReactNode => {
  const scale = (rem * 1.4) / ICON_PX;
  return (
    <g transform={`translate(${x - (scale * ICON_PX) / 2} ${y - (scale * ICON_PX) / 2}) scale(${scale})`}>{children}</g>
  );
};

const Line = ({ line, away }: { readonly line: FlowLine; readonly away: boolean }): ReactNode => {
  const { part, from, to, widthPx, seconds, arrow } = line;
  const motion: CSSProperties = seconds === undefined ? {} : { animationDuration: `${seconds.toFixed(1)}s` };
  return (
    <g className={`${styles[part]} ${away ? styles['away'] : ''}`}>
      <line
        className={seconds === undefined ? styles['still'] : styles['line']}
        x1={from.x}
        y1={from.y}
        x2={to.x}
        y2={to.y}
        strokeWidth={widthPx}
      />
      {seconds !== undefined && (
        <line
          key={seconds}
          className={styles['moving']}
          x1={from.x}
          y1={from.y}
          x2={to.x}
          y2={to.y}
          strokeWidth={widthPx}
          style={motion}
        />
      )}
      {arrow && <path className={styles['arrow']} d={`M${arrow.map(({ x, y }) => `${x},${y}`).join('L')}Z`} />}
    </g>
  );
};

/** Beside what stands above or below the home, under what stands at its sides: the lines stay free. */
const Text = ({ view, x, y, rem }: Place & { readonly view: FlowPartView }): ReactNode => {
  const { part, name, power, doing, charge } = view;
  const beside = part === 'solar' || part === 'car';
  const [at, top] = beside ? [x + 2 * rem, y - 0.7 * rem] : [x, y + 2.6 * rem];
  return (
    <text className={styles['text']} x={at} y={top} textAnchor={beside ? 'start' : 'middle'}>
      {name}
      <tspan className={styles['power']} x={at} dy="1.15em">
        {power}
      </tspan>
      <tspan x={at} dy="1.3em">
        {charge === undefined ? doing : `${doing} ${charge}`}
      </tspan>
    </text>
  );
};

type Props = {
  readonly flows: FlowsView;
  /** where there is no room for a picture */
  readonly otherwise: ReactNode;
  /** the same for whoever hears the page */
  readonly children: ReactNode;
};

/** The home with what it draws from and gives to: direction by arrow and word, power by width and speed. */
export const FlowDrawing = ({ flows: { home, parts, summary }, otherwise, children }: Props): ReactNode => {
  const [box, width] = useWidth();
  const rem = remPx();
  const chart = flowChart(parts, { width, remPx: rem });
  if (chart === undefined) return <div ref={box}>{otherwise}</div>;
  const { x, y, radius } = chart.home;
  return (
    <div ref={box} style={{ minHeight: chart.height }}>
      <svg className={styles['drawing']} width={width} height={chart.height} role="img" aria-label={summary}>
        {chart.lines.map((line) => (
          <Line
            key={line.part}
            line={line}
            away={parts.some(({ part, toHomeW }) => part === line.part && (toHomeW ?? 0) < 0)}
          />
        ))}
        {parts.map((view) => {
          const node = chart.nodes[view.part];
          const PartIcon = ICONS[view.part];
          return (
            node && (
              <g key={view.part} className={styles[view.part]}>
                <circle className={styles['node']} cx={node.x} cy={node.y} r={node.radius} />
                <Sign x={node.x} y={node.y} rem={rem}>
                  <PartIcon />
                </Sign>
                <Text view={view} x={node.x} y={node.y} rem={rem} />
              </g>
            )
          );
        })}
        <circle className={styles['home']} cx={x} cy={y} r={radius} />
        <Sign x={x} y={y - 0.9 * rem} rem={rem}>
          <HomeIcon />
        </Sign>
        <text className={styles['power']} x={x} y={y + 1.1 * rem} textAnchor="middle">
          {home.power}
        </text>
      </svg>
      {children}
    </div>
  );
};
