import type { ReactNode } from 'react';
import { NextIcon } from '../ui/arrow-icons.tsx';

/** What stands in a line of a list of settings. */
export const SettingName = ({ title, text }: { readonly title: string; readonly text: string }): ReactNode => (
  <>
    <span>
      <strong>{title}</strong>
      <small>{text}</small>
    </span>
    <NextIcon />
  </>
);
