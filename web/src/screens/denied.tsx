import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Panel } from '../ui/panel.tsx';

/** Somebody else's home: why nothing is shown, and the way to one's own. */
export const Denied = (): ReactNode => {
  const { denied } = useMessages().household;
  return (
    <Panel title={denied.title} text={denied.text}>
      <Link to="/" className={buttons['main']}>
        {denied.home}
      </Link>
    </Panel>
  );
};
