import type { ReactNode } from 'react';
import styles from './disclosure.module.css';

type Props = {
  readonly summary: string;
  /** the same with what it is about, where only what stands around it shows that */
  readonly name?: string;
  readonly open?: boolean;
  readonly children: ReactNode;
};

/** More of the same, for whoever asks for it. */
export const Disclosure = ({ summary, name, open, children }: Props): ReactNode => (
  <details className={styles['disclosure']} open={open}>
    <summary aria-label={name}>{summary}</summary>
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
