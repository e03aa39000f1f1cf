import type { Messages } from '@hems/shared/i18n/messages';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Panel } from '../ui/panel.tsx';

/** A page that failed in a way nobody foresaw. It stands without any provider above it. */
export const Broken = ({ messages: { broken } }: { readonly messages: Messages }): ReactNode => (
  <Panel title={broken.title} text={broken.text}>
    <button type="button" className={buttons['main']} onClick={() => location.reload()}>
      {broken.reload}
    </button>
  </Panel>
);
