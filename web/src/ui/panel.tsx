import type { ReactNode } from 'react';
import styles from './panel.module.css';

type Props = { readonly title: string; readonly text: string; readonly children?: ReactNode };

/** A whole page that has only something to say, and the way out of it. */
export const Panel = ({ title, text, children }: Props): ReactNode => (
  <section className={styles['panel']}>
    <h1 className={styles['title']}>{title}</h1>
    <p className={styles['text']}>{text}</p>
    {children}
  </section>
);
