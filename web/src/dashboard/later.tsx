import type { Usage } from '@hems/shared/api/usage';
import type { Loaded } from '@hems/shared/view/card';
import type { LiveState } from '@hems/shared/view/live-tail';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';

export type LaterProps = {
  readonly householdId: string;
  readonly session: Loaded<unknown>;
  readonly live: Loaded<LiveState>;
  /** the quarter hours of the last 24 hours */
  readonly usage: Loaded<Usage>;
  /** values are arriving now */
  readonly isLive: boolean;
  /** by the clock of this device */
  readonly deviceMs: number;
  readonly onRetry: () => void;
};

const PARTS = {
  money: ['bill', 'saved', 'score'],
  day: ['day'],
  assistant: ['assistant'],
  home: ['environment', 'devices'],
} as const;
type Part = keyof typeof PARTS;
type Fetched = Readonly<Record<Part, (props: LaterProps) => ReactNode>>;

export type LaterCards = {
  readonly fetched: Fetched | 'waiting' | 'failed';
  readonly again: () => void;
};

/** Cards that are not needed for the power to be seen: fetched after it, so that it is seen sooner. */
export const useLaterCards = (): LaterCards => {
  const [fetched, setFetched] = useState<LaterCards['fetched']>('waiting');
  useEffect(() => {
    if (fetched !== 'waiting') return;
    import('./later-cards.tsx').then(
      ({ laterCards }) => setFetched(laterCards),
      () => setFetched('failed'),
    );
  }, [fetched]);
  return { fetched, again: () => setFetched('waiting') };
};

type PendingProps = { readonly part: Part; readonly failed: boolean; readonly onRetry: () => void };

/** The same cards at their final size while they are being fetched, or when they cannot be. */
const Pending = ({ part, failed, onRetry }: PendingProps): ReactNode => {
  const t = useMessages();
  const card = failed ? ({ state: 'offline', ...t.failure.unreachable } as const) : ({ state: 'loading' } as const);
  return PARTS[part].map((name) => (
    <Card key={name} title={t.later[name]} card={card} className={cards[name]} onRetry={onRetry}>
      {() => null}
    </Card>
  ));
};

type Props = LaterProps & { readonly part: Part; readonly later: LaterCards };

export const Later = ({ part, later: { fetched, again }, ...props }: Props): ReactNode => {
  if (typeof fetched === 'string') return <Pending part={part} failed={fetched === 'failed'} onRetry={again} />;
  const Cards = fetched[part];
  return (
    <Suspense fallback={<Pending part={part} failed={false} onRetry={again} />}>
      <Cards {...props} />
    </Suspense>
  );
};
