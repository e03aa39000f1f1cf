import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

export const PreviousIcon = (): ReactNode => (
  <Icon>
    <path d="M12.5 4.5 7 10l5.5 5.5" />
  </Icon>
);

export const NextIcon = (): ReactNode => (
  <Icon>
    <path d="M7.5 4.5 13 10l-5.5 5.5" />
  </Icon>
);
