import { pagesTexts } from '@hems/shared/i18n/pages';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Panel } from '../ui/panel.tsx';

export const NotFound = (): ReactNode => {
  const { notFound } = useTexts(pagesTexts);
  return (
    <Panel title={notFound.title} text={notFound.text}>
      <Link to="/" className={buttons['main']}>
        {notFound.home}
      </Link>
    </Panel>
  );
};
