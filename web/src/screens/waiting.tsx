import type { ReactNode } from 'react';
import styles from '../ui/panel.module.css';

/** A page that is about to be something else. */
export const Waiting = ({ text }: { readonly text: string }): ReactNode => (
  <output className={`${styles['panel']} ${styles['text']}`}>{text}</output>
);
