import type { Household } from '@hems/shared/api/session';
import type { Loaded } from '@hems/shared/view/card';
import type { LiveState } from '@hems/shared/view/live-tail';
import { memo, Suspense, useCallback, useEffect, useMemo, useState, type ComponentType, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';

export type LaterProps = {
  readonly householdId: string;
  readonly session: Loaded<{ readonly households: readonly Household[] }>;
  readonly live: Loaded<LiveState>;
  /** values are arriving now */
  readonly isLive: boolean;
  /** by the clock of this device, to 5 seconds */
  readonly deviceMs: number;
  readonly onRetry: () => void;
};

/** The cards of each part. Those of the tiles are of one size. */
const PARTS = {
  usual: [],
  tiles: ['savedToday', 'co2', 'score'],
  bill: ['bill'],
  day: ['day'],
  flows: ['flows'],
  assistant: ['assistant'],
  saved: ['saved'],
  environment: ['environment'],
  devices: ['devices'],
} as const;
export type Part = keyof typeof PARTS;
type Fetched = Readonly<Record<Part, ComponentType<LaterProps>>>;

type Fetching<T> = { readonly fetched: T | 'waiting' | 'failed'; readonly again: () => void };
export type LaterParts = Fetching<Fetched>;

/** A file of the app, fetched once it is drawn, and again on demand where that failed. */
export const useFetched = <T extends object>(fetch: () => Promise<T>): Fetching<T> => {
  const [fetched, setFetched] = useState<Fetching<T>['fetched']>('waiting');
  useEffect(() => {
    if (fetched !== 'waiting') return;
    fetch().then(setFetched, () => setFetched('failed'));
  }, [fetch, fetched]);
  const again = useCallback(() => setFetched('waiting'), []);
  return useMemo(() => ({ fetched, again }), [fetched, again]);
};

const fetchParts = async (): Promise<Fetched> => (await import('./later-parts.tsx')).laterParts;

/** Cards that are not needed for the power to be seen: fetched after it, so that it is seen sooner. */
export const useLaterParts = (): LaterParts => useFetched(fetchParts);

type PendingProps = { readonly part: Part; readonly failed: boolean; readonly onRetry: () => void };

/** The same cards at their final size while they are being fetched, or when they cannot be. */
export const Pending = ({ part, failed, onRetry }: PendingProps): ReactNode => {
  const t = useMessages();
  const card = failed ? ({ state: 'offline', ...t.failure.unreachable } as const) : ({ state: 'loading' } as const);
  const place = part === 'tiles' ? 'tile' : part;
  return PARTS[part].map((name) => (
    <Card key={name} title={t.later[name]} card={card} className={cards[place]} onRetry={onRetry}>
      {() => null}
    </Card>
  ));
};

type Props = LaterProps & { readonly part: Part; readonly later: LaterParts };

/** Drawn anew when something of it changes, not with every second. */
export const Later = memo(({ part, later: { fetched, again }, ...props }: Props): ReactNode => {
  if (typeof fetched === 'string') return <Pending part={part} failed={fetched === 'failed'} onRetry={again} />;
  const Cards = fetched[part];
  return (
    <Suspense fallback={<Pending part={part} failed={false} onRetry={again} />}>
      <Cards {...props} />
    </Suspense>
  );
});
