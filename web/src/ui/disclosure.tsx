import type { ReactNode } from 'react';
import styles from './disclosure.module.css';

type Props = { readonly summary: string; readonly open?: boolean; readonly children: ReactNode };

/** More of the same, for whoever asks for it. */
export const Disclosure = ({ summary, open, children }: Props): ReactNode => (
  <details className={styles['disclosure']} open={open}>
    <summary>{summary}</summary>
    <div className={styles['body']}>{children}</div>
  </details>
);

/** Sentences under each other. */
export const Sentences = ({ texts }: { readonly texts: readonly string[] }): ReactNode => (
  <ul className={styles['sentences']}>
    {texts.map((text) => (
      <li key={text}>{text}</li>
    ))}
  </ul>
);
