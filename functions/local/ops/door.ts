import type { BoardName } from '@hems/shared/metrics/boards';
import type { Clock } from '../../ports/clock.ts';
import type { Exchange } from '../http/exchange.ts';
import { Refusal } from '../http/problem.ts';
import type { Target } from '../http/target.ts';
import { boardCharts, RANGES, type RangeName } from './board-charts.ts';
import type { MetricStore } from './metric-store.ts';
import { BOARD_NAMES, OPS_PATH, pageOf, STYLE_PATH, type Asked } from './page.ts';
import { STYLE } from './style.ts';

/** Whether a path is this page's to answer. As it was sent: no encoding of it leads here. */
export const isOfOps = (rawPath: string): boolean => rawPath === OPS_PATH || rawPath.startsWith(`${OPS_PATH}/`);

const isRange = (text: string): text is RangeName => Object.hasOwn(RANGES, text);

const boardAt = (rawPath: string): BoardName => {
  const name = rawPath === OPS_PATH ? 'energy' : rawPath.slice(OPS_PATH.length + 1);
  const board = BOARD_NAMES.find((one) => one === name);
  if (!board)
    throw new Refusal(
      404,
      `There is no ${rawPath}. The boards are ${BOARD_NAMES.map((one) => `${OPS_PATH}/${one}`).join(', ')}.`,
    );
  return board;
};

const askedOf = ({ rawPath, rawQueryString }: Target): Asked => {
  const query = new URLSearchParams(rawQueryString);
  const range = query.get('range') ?? '3h';
  if (!isRange(range)) throw new Refusal(400, `range is one of ${Object.keys(RANGES).join(', ')}.`);
  return { board: boardAt(rawPath), range, still: query.get('still') === '1' };
};

const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8' };

/** The boards of the operator. They are open to whoever sits at this machine, so nothing in them says anything of a home or a person. */
export const opsRoutes =
  ({ store, clock }: { readonly store: MetricStore; readonly clock: Clock }) =>
  async ({ request, response }: Exchange, target: Target): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new Refusal(405, `${target.rawPath} answers GET and HEAD.`, { allow: 'GET, HEAD' });
    const send = (type: keyof typeof TYPES, text: string): void => {
      response.writeHead(200, { 'content-type': TYPES[type], 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    if (target.rawPath === STYLE_PATH) return send('css', STYLE);
    const asked = askedOf(target);
    const nowMs = clock.now();
    const charts = await boardCharts(store, { ...asked, nowMs });
    send('html', pageOf(asked, { charts, nowMs, firstMs: store.firstMs() }));
  };
