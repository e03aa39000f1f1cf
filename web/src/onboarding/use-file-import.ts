import { useImport, useStartImport } from '@hems/shared/queries/imports';
import type { ImportReport } from '@hems/shared/api/imports';
import { useEffect, useRef, useState } from 'react';
import { upload } from './upload.ts';

export type FileImport =
  | { readonly state: 'idle' }
  | { readonly state: 'preparing' }
  | { readonly state: 'empty' }
  | { readonly state: 'too-big'; readonly maxBytes: number }
  | { readonly state: 'not-started'; readonly error: unknown }
  | { readonly state: 'sending'; readonly percent: number }
  | { readonly state: 'not-sent' }
  | { readonly state: 'sent'; readonly report: ImportReport | undefined };

type Sending = { readonly importId: string; readonly percent: number | 'sent' | 'failed' };

/** How far a file is for which a place was opened. */
const underWay = (sending: Sending | undefined, report: ImportReport | undefined): FileImport => {
  if (sending?.percent === 'failed') return { state: 'not-sent' };
  return sending?.percent === 'sent' ? { state: 'sent', report } : { state: 'sending', percent: sending?.percent ?? 0 };
};

/** A file on its way into the history: a place is asked for, the file goes there, and its report is followed. */
export const useFileImport = (householdId: string): { now: FileImport; send: (file: File) => void } => {
  const { run, state, answer, error } = useStartImport(householdId);
  const [file, setFile] = useState<File>();
  const [sending, setSending] = useState<Sending>();
  const begun = useRef<string>(undefined);
  const importId = answer?.report.importId;
  const isTooBig = answer !== undefined && file !== undefined && file.size > answer.upload.maxBytes;
  useEffect(() => {
    if (!answer || !file || isTooBig || begun.current === answer.report.importId) return;
    begun.current = answer.report.importId;
    const told = (percent: Sending['percent']): void => setSending({ importId: answer.report.importId, percent });
    upload(answer.upload, file, told).then(
      () => told('sent'),
      () => told('failed'),
    );
  }, [answer, file, isTooBig]);
  const mine = sending?.importId === importId ? sending : undefined;
  const { data } = useImport(householdId, mine?.percent === 'sent' ? importId : undefined);

  const send = (chosen: File): void => {
    setFile(chosen);
    if (chosen.size > 0) run();
  };
  const nowOf = (): FileImport => {
    if (file === undefined) return { state: 'idle' };
    if (file.size === 0) return { state: 'empty' };
    if (state === 'failed') return { state: 'not-started', error };
    if (!answer || state === 'busy') return { state: 'preparing' };
    return isTooBig ? { state: 'too-big', maxBytes: answer.upload.maxBytes } : underWay(mine, data);
  };
  return { now: nowOf(), send };
};
