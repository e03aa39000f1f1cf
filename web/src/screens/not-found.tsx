import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Panel } from '../ui/panel.tsx';

export const NotFound = (): ReactNode => {
  const { notFound } = useMessages();
  return (
    <Panel title={notFound.title} text={notFound.text}>
      <Link to="/" className={buttons['main']}>
        {notFound.home}
      </Link>
    </Panel>
  );
};
