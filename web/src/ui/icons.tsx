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

export const HomeIcon = (): ReactNode => (
  <Icon>
    <path d="m2.8 9.4 7.2-6.2 7.2 6.2M4.8 8v8.8h10.4V8M8.2 16.8v-5h3.6v5" />
  </Icon>
);

export const BarsIcon = (): ReactNode => (
  <Icon>
    <path d="M3 17h14M5.5 17v-6M10 17V4.5M14.5 17V8.5" />
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
