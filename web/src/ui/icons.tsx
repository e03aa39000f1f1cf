import type { ReactNode } from 'react';

/** Line icons of 20 px. They never carry a meaning alone: each stands beside a text or in a labelled button. */
export const Icon = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <svg
    aria-hidden="true"
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    {children}
  </svg>
);

export const BoltIcon = (): ReactNode => (
  <Icon>
    <path d="M11 2.5 4.5 11.5H9l-.8 6L15.5 8H11z" />
  </Icon>
);

export const SunIcon = (): ReactNode => (
  <Icon>
    <circle cx="10" cy="10" r="3.4" />
    <path d="M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3" />
  </Icon>
);

export const MoonIcon = (): ReactNode => (
  <Icon>
    <path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z" />
  </Icon>
);

export const HalfIcon = (): ReactNode => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
  </Icon>
);

export const GearIcon = (): ReactNode => (
  <Icon>
    <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
    <circle cx="13" cy="6" r="2" />
    <circle cx="7" cy="14" r="2" />
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

export const BarsIcon = (): ReactNode => (
  <Icon>
    <path d="M3 17h14M5.5 17v-6M10 17V4.5M14.5 17V8.5" />
  </Icon>
);

export const ReceiptIcon = (): ReactNode => (
  <Icon>
    <path d="M4.5 2.8v14.4l2-1.3 1.8 1.3 1.7-1.3 1.7 1.3 1.8-1.3 2 1.3V2.8zM7.5 7h5M7.5 10.5h5" />
  </Icon>
);

export const BulbIcon = (): ReactNode => (
  <Icon>
    <path d="M7.5 14c0-2-2.5-3-2.5-6.2a5 5 0 0 1 10 0c0 3.2-2.5 4.2-2.5 6.2zM8 17.2h4" />
  </Icon>
);

export const GiftIcon = (): ReactNode => (
  <Icon>
    <path d="M3.5 10v7h13v-7M2.5 6.5h15V10h-15zM10 6.5V17M10 6.5C8.5 2 4 3.5 6 6.5M10 6.5c1.5-4.5 6-3 4 0" />
  </Icon>
);

export const PeopleIcon = (): ReactNode => (
  <Icon>
    <circle cx="7.5" cy="7" r="2.8" />
    <path d="M2 16.5c.4-3.2 2.6-4.7 5.5-4.7s5.1 1.5 5.5 4.7M13 4.5a2.8 2.8 0 0 1 0 5.2M15 12.3c1.8.7 2.8 2.1 3 4.2" />
  </Icon>
);
