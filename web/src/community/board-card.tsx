import type { BoardView, CommunityWords, PlaceView } from '@hems/shared/view/community';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import hidden from '../ui/visually-hidden.module.css';
import styles from './community.module.css';
import type { CommunityCardProps } from './standing-card.tsx';

type PlacesProps = { readonly places: readonly PlaceView[]; readonly words: CommunityWords };

const Place = ({ place: { rank, who, saved, own, bar } }: { readonly place: PlaceView }): ReactNode => (
  <tr className={own ? styles['own'] : undefined}>
    <td>{rank}</td>
    <th scope="row">
      {who}
      <span className={styles['share']} aria-hidden="true">
        <span style={{ width: `${bar}%` }} />
      </span>
    </th>
    <td>{saved}</td>
  </tr>
);

const Places = ({ places, words: { s } }: PlacesProps): ReactNode => (
  <table className={styles['places']}>
    <caption className={hidden['hidden']}>{s.places}</caption>
    <thead>
      <tr>
        <th scope="col">{s.columns.rank}</th>
        <th scope="col">{s.columns.who}</th>
        <th scope="col">{s.columns.saved}</th>
      </tr>
    </thead>
    <tbody>
      {places.flatMap((place) => [
        place.afterGap && (
          <tr key={`${place.who} gap`} className={styles['gap']}>
            <td colSpan={3}>
              <span aria-hidden="true">⋮</span>
              <span className={hidden['hidden']}>{s.gap}</span>
            </td>
          </tr>
        ),
        <Place key={place.who} place={place} />,
      ])}
    </tbody>
  </table>
);

/** The own rank of how many, the first three and the nearest; hidden where one could guess whose use it is. */
export const BoardCard = ({ card, words, onRetry }: CommunityCardProps<BoardView>): ReactNode => (
  <Card title={words.s.board} card={card} className={styles['board']} onRetry={onRetry}>
    {({ rank, about, cohort, peers, through, places }) => (
      <>
        <p className={styles['headline']}>{rank}</p>
        {about !== undefined && <p>{about}</p>}
        <p className={styles['sub']}>{cohort === undefined ? through : `${cohort} · ${through}`}</p>
        <Places places={places} words={words} />
        <p className={styles['sub']}>{peers}</p>
      </>
    )}
  </Card>
);
