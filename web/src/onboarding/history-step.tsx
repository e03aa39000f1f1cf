import type { ImportReport } from '@hems/shared/api/imports';
import { importsTexts } from '@hems/shared/i18n/imports';
import type { OnboardingTexts } from '@hems/shared/i18n/ko/onboarding';
import { importView, mbText, type ImportView, type ImportWords } from '@hems/shared/view/import';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import form from '../ui/field.module.css';
import { Failure } from '../ui/confirm.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import styles from './onboarding.module.css';
import { StepButtons, type StepProps } from './step.tsx';
import { useFileImport, type FileImport } from './use-file-import.ts';

type BarProps = { readonly text: string; readonly percent: number | undefined; readonly label: string };

const Bar = ({ text, percent, label }: BarProps): ReactNode => (
  <div>
    <p className={styles['sentence']}>{text}</p>
    <progress className={styles['bar']} aria-label={label} max={100} value={percent} />
  </div>
);

const Report = ({ view, s }: { readonly view: ImportView; readonly s: OnboardingTexts }): ReactNode => (
  <>
    {view.state === 'busy' ? (
      <Bar text={view.text} percent={view.percent} label={s.history.bar} />
    ) : (
      <div className={`${styles['state']} ${view.state === 'done' ? styles['proven'] : styles['refused']}`}>
        <p className={styles['strong']}>{view.text}</p>
        {view.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    )}
    {view.refused && (
      <Disclosure summary={view.refused.summary}>
        <div className={styles['lines']}>
          <Sentences texts={view.refused.lines} />
        </div>
      </Disclosure>
    )}
  </>
);

type NowProps = { readonly now: FileImport; readonly words: ImportWords };

/** Why a file is not on its way. */
const faultOf = (now: FileImport, { history }: OnboardingTexts): string | undefined => {
  if (now.state === 'too-big') return history.tooBig(mbText(now.maxBytes));
  if (now.state === 'empty') return history.emptyFile;
  return now.state === 'not-sent' ? history.notSent : undefined;
};

const Now = ({ now, words }: NowProps): ReactNode => {
  const { s } = words;
  const { history } = s;
  const fault = faultOf(now, s);
  if (fault !== undefined)
    return (
      <p role="alert" className={styles['error']}>
        {fault}
      </p>
    );
  if (now.state === 'not-started') return <Failure title={history.notStarted} error={now.error} />;
  if (now.state === 'sending')
    return <Bar text={history.sending(now.percent)} percent={now.percent} label={history.bar} />;
  if (now.state === 'sent' && now.report) return <Report view={importView(now.report, words)} s={s} />;
  const text = now.state === 'sent' ? history.waiting : history.preparing;
  return now.state === 'idle' ? null : <Bar text={text} percent={undefined} label={history.bar} />;
};

const reportOf = (now: FileImport): ImportReport['state'] | undefined =>
  now.state === 'sent' ? (now.report?.state ?? 'waiting-for-file') : undefined;

const isUnderWay = (now: FileImport): boolean =>
  ['preparing', 'sending'].includes(now.state) || ['waiting-for-file', 'reading'].includes(reportOf(now) ?? '');

/** What was measured before: a file of the utility or of Green Button. */
export const HistoryStep = ({ onboarding, onAnswered, onBack, onPutOff, ...props }: StepProps): ReactNode => {
  const words = { ...props.words, reasons: useTexts(importsTexts) };
  const { s } = words;
  const { historyDays, householdId } = onboarding;
  const { now, send } = useFileImport(householdId);
  const hasHistory = historyDays > 0 || reportOf(now) === 'done';
  return (
    <>
      <p className={styles['lead']}>{s.history.lead}</p>
      <p className={styles['sentence']}>{s.history.kinds}</p>
      {historyDays > 0 && <p className={styles['strong']}>{s.history.had(historyDays)}</p>}
      <div aria-live="polite">
        <Now now={now} words={words} />
      </div>
      {!isUnderWay(now) && (
        <label className={`${buttons[hasHistory ? 'button' : 'main']} ${form['file']}`}>
          <span>{hasHistory || now.state !== 'idle' ? s.history.another : s.history.choose}</span>
          <input
            type="file"
            accept=".xml,.csv,.zip,.gz,text/xml,application/xml,text/csv"
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              target.value = '';
              if (file) send(file);
            }}
          />
        </label>
      )}
      <StepButtons
        s={s}
        onNext={hasHistory ? () => onAnswered(onboarding) : undefined}
        onBack={onBack}
        onPutOff={hasHistory ? undefined : onPutOff}
      />
    </>
  );
};
