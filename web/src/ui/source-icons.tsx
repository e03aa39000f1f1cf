import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

export const SunIcon = (): ReactNode => (
  <Icon>
    <circle cx="10" cy="10" r="3.4" />
    <path d="M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3" />
  </Icon>
);

export const BatteryIcon = (): ReactNode => (
  <Icon>
    <rect x="2.5" y="6" width="13" height="8" rx="1.8" />
    <path d="M17.8 8.8v2.4M5.5 8.8v2.4M8.5 8.8v2.4" />
  </Icon>
);

export const PylonIcon = (): ReactNode => (
  <Icon>
    <path d="M10 2.5 6 17.5M10 2.5l4 15M4.5 7h11M8.2 9.5l4.6 4M11.8 9.5l-4.6 4" />
  </Icon>
);
