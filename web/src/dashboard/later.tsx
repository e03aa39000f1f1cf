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
const IN_SIGHT = { usual: [], tiles: ['savedToday', 'co2', 'score'], bill: ['bill'], day: ['day'] } as const;
/** On a phone these are scrolled to. */
const BELOW = {
  flows: ['flows'],
  assistant: ['assistant'],
  saved: ['saved'],
  environment: ['environment'],
  devices: ['devices'],
} as const;
const BELOW_AFTER_MS = 150;
const PARTS = { ...IN_SIGHT, ...BELOW };
type InSight = keyof typeof IN_SIGHT;
type Below = keyof typeof BELOW;
export type Part = InSight | Below;
const isBelow = (part: Part): part is Below => part in BELOW;

type Cards = ComponentType<LaterProps>;
export type CardsOf<P extends Part> = Readonly<Record<P, Cards>>;
type Fetching<T> = { readonly fetched: T | 'waiting' | 'failed'; readonly again: () => void };
export type LaterParts = { readonly inSight: Fetching<CardsOf<InSight>>; readonly below: Fetching<CardsOf<Below>> };

/** A file of the app, fetched once it is drawn (or `wanted`), and again on demand where that failed. */
export const useFetched = <T extends object>(fetch: () => Promise<T>, wanted = true): Fetching<T> => {
  const [fetched, setFetched] = useState<Fetching<T>['fetched']>('waiting');
  useEffect(() => {
    if (fetched !== 'waiting' || !wanted) return undefined;
    let gone = false;
    const tell = (found: Fetching<T>['fetched']): void => {
      if (!gone) setFetched(found);
    };
    fetch().then(tell, () => tell('failed'));
    return () => {
      gone = true;
    };
  }, [fetch, fetched, wanted]);
  const again = useCallback(() => setFetched('waiting'), []);
  return useMemo(() => ({ fetched, again }), [fetched, again]);
};

const fetchInSight = async (): Promise<CardsOf<InSight>> => (await import('./later-parts.tsx')).laterParts;
/** Not beside what the cards above ask for. */
const fetchBelow = async (): Promise<CardsOf<Below>> => {
  await new Promise((resolve) => setTimeout(resolve, BELOW_AFTER_MS));
  return (await import('./below-parts.tsx')).belowParts;
};

/** Cards that are not needed for the power to be seen: fetched beside it, and what is below them after them. */
export const useLaterParts = (): LaterParts => {
  const inSight = useFetched(fetchInSight);
  const below = useFetched(fetchBelow, inSight.fetched !== 'waiting');
  return useMemo(() => ({ inSight, below }), [inSight, below]);
};

const oneOf = <P extends Part>({ fetched, again }: Fetching<CardsOf<P>>, part: P): Fetching<Cards> => ({
  fetched: typeof fetched === 'string' ? fetched : fetched[part],
  again,
});

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
export const Later = memo(({ part, later: { inSight, below }, ...props }: Props): ReactNode => {
  const { fetched: Cards, again } = isBelow(part) ? oneOf(below, part) : oneOf(inSight, part);
  if (typeof Cards === 'string') return <Pending part={part} failed={Cards === 'failed'} onRetry={again} />;
  return (
    <Suspense fallback={<Pending part={part} failed={false} onRetry={again} />}>
      <Cards {...props} />
    </Suspense>
  );
});
