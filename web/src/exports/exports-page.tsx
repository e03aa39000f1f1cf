import type { PrivacyTexts } from '@hems/shared/i18n/ko/privacy';
import { privacyTexts } from '@hems/shared/i18n/privacy';
import { isUnderWay, useExports, useStartExport } from '@hems/shared/queries/exports';
import { useSession } from '@hems/shared/queries/session';
import { behind, ready } from '@hems/shared/view/card';
import { exportsCard, type ExportView } from '@hems/shared/view/exports';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import type { PageProps } from '../settings/pages.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import styles from './exports.module.css';

type Texts = PrivacyTexts['exports'];

type StartProps = { readonly householdId: string; readonly underWay: boolean; readonly s: Texts };

/** What one gets, and the button that has it made; not a second one while one is being written. */
const Start = ({ householdId, underWay, s }: StartProps): ReactNode => {
  const { run, state, error } = useStartExport(householdId);
  const busy = state === 'busy' || underWay;
  return (
    <>
      <p>{s.lead}</p>
      <Disclosure summary={s.inside}>
        <Sentences texts={s.contents} />
      </Disclosure>
      <p className={grid['sub']}>
        {s.kept} {s.limit}
      </p>
      {state === 'failed' && <Failure title={s.notStarted} error={error} />}
      <button
        type="button"
        className={`${buttons['main']} ${grid['start']}`}
        aria-disabled={busy}
        onClick={() => {
          if (!busy) run();
        }}
      >
        {state === 'busy' ? s.starting : s.start}
      </button>
    </>
  );
};

const Row = ({ report, s }: { readonly report: ExportView; readonly s: Texts }): ReactNode => (
  <li className={grid['row']}>
    <div>
      <output className={grid['name']}>{report.text}</output>
      {report.percent !== undefined && (
        <progress className={styles['bar']} max={100} value={report.percent} aria-label={report.text} />
      )}
      <p className={grid['sub']}>{report.started}</p>
      {report.note !== undefined && <p className={grid['sub']}>{report.note}</p>}
    </div>
    {report.downloadUrl !== undefined && (
      <a className={`${buttons['main']} ${grid['start']}`} href={report.downloadUrl} download>
        {s.download}
      </a>
    )}
  </li>
);

/** Everything about the home as one file: have it made, see how far it is, download it. */
export const ExportsPage = ({ householdId }: PageProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(privacyTexts) };
  const { exports: s } = words.s;
  const exports = useExports(householdId);
  const role = useSession().data?.households.find((one) => one.householdId === householdId)?.role;
  const underWay = exports.data?.exports.some(isUnderWay) === true;
  return (
    <SettingsPage householdId={householdId} title={s.title} main={exports}>
      {({ session, retry }) => (
        <>
          <Card title={s.title} card={ready(undefined)} className={grid['group']} onRetry={retry}>
            {() =>
              role === 'viewer' ? (
                <p className={grid['sentence']}>{s.viewer}</p>
              ) : (
                <Start householdId={householdId} underWay={underWay} s={s} />
              )
            }
          </Card>
          <Card
            title={s.past}
            card={exportsCard(behind(session, exports), words)}
            className={grid['list']}
            onRetry={retry}
          >
            {(reports) => (
              <ul>
                {reports.map((report) => (
                  <Row key={report.exportId} report={report} s={s} />
                ))}
              </ul>
            )}
          </Card>
        </>
      )}
    </SettingsPage>
  );
};
