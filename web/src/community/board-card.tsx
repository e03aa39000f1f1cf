import type { BoardView, CommunityWords, PlaceView } from '@hems/shared/view/community';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import styles from './community.module.css';
import type { CommunityCardProps } from './standing-card.tsx';

type PlacesProps = {
  readonly caption: string;
  readonly places: readonly PlaceView[];
  readonly words: CommunityWords;
};

const Places = ({ caption, places, words: { s } }: PlacesProps): ReactNode => (
  <table className={styles['places']}>
    <caption>{caption}</caption>
    <thead>
      <tr>
        <th scope="col">{s.columns.rank}</th>
        <th scope="col">{s.columns.who}</th>
        <th scope="col">{s.columns.saved}</th>
      </tr>
    </thead>
    <tbody>
      {places.map(({ rank, who, saved, own }) => (
        <tr key={who} className={own ? styles['own'] : undefined}>
          <td>{rank}</td>
          <th scope="row">{who}</th>
          <td>{saved}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** The own rank of how many, the first three and the nearest; hidden where one could guess whose use it is. */
export const BoardCard = ({ card, words, onRetry }: CommunityCardProps<BoardView>): ReactNode => (
  <Card title={words.s.board} card={card} className={styles['board']} onRetry={onRetry}>
    {({ rank, about, cohort, peers, through, top, neighbours }) => (
      <>
        <p className={styles['headline']}>{rank}</p>
        {about !== undefined && <p>{about}</p>}
        <p className={styles['sub']}>{cohort === undefined ? through : `${cohort} · ${through}`}</p>
        <Places caption={words.s.top} places={top} words={words} />
        <Places caption={words.s.neighbours} places={neighbours} words={words} />
        <p className={styles['sub']}>{peers}</p>
      </>
    )}
  </Card>
);
