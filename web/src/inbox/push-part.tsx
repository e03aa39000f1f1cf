import type { InboxTexts } from '@hems/shared/i18n/ko/inbox';
import { useCall } from '@hems/shared/queries/api';
import type { SettingsAnswer } from '@hems/shared/queries/inbox';
import { pushStateOf } from '@hems/shared/view/push';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAuth } from '../auth/auth-context.ts';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { leavePush, readBrowserPush, subscribePush } from './push.ts';

type Props = { readonly answer: SettingsAnswer; readonly s: InboxTexts['settings'] };

type SwitchProps = {
  readonly state: 'on' | 'off';
  readonly isBusy: boolean;
  readonly onPress: () => void;
  readonly s: InboxTexts['settings'];
};

const LOOK = {
  off: { tone: buttons['main'], text: 'pushOn' },
  on: { tone: buttons['button'], text: 'pushOff' },
} as const;

const Switch = ({ state, isBusy, onPress, s }: SwitchProps): ReactNode => (
  <button
    type="button"
    className={`${LOOK[state].tone} ${grid['start']}`}
    aria-disabled={isBusy}
    onClick={() => {
      if (!isBusy) onPress();
    }}
  >
    {isBusy ? s.pushBusy : s[LOOK[state].text]}
  </button>
);

const BROWSER = ['browser-push'];

/** Whether this device is woken. The browser asks for permission when the button is pressed, and never before. */
export const PushPart = ({ answer: { pushKey, pushTargets }, s }: Props): ReactNode => {
  const sub = useAuth().user?.sub ?? '';
  const call = useCall();
  const client = useQueryClient();
  const { data: browser, isPending } = useQuery({
    queryKey: BROWSER,
    queryFn: async () => (await readBrowserPush()) ?? null,
  });
  const { mutate, status } = useMutation({
    mutationFn: async (on: boolean): Promise<void> =>
      on && pushKey !== null ? subscribePush({ pushKey, sub, call }) : leavePush(call),
    onSettled: async () =>
      Promise.all([BROWSER, ['notice-settings']].map(async (queryKey) => client.invalidateQueries({ queryKey }))),
  });
  if (isPending) return null;
  const state = pushStateOf(browser ?? undefined, { pushKey, sub });
  return (
    <>
      <p className={grid['sentence']} aria-live="polite">
        {s.pushText[state]}
      </p>
      {(state === 'off' || state === 'on') && (
        <Switch key={state} state={state} isBusy={status === 'pending'} onPress={() => mutate(state === 'off')} s={s} />
      )}
      {status === 'error' && (
        <p role="alert" className={grid['warning']}>
          {s.pushFailed}
        </p>
      )}
      {pushTargets > 0 && <p className={grid['sub']}>{s.pushElsewhere(pushTargets)}</p>}
    </>
  );
};
