import type { SettingsTexts } from '@hems/shared/i18n/ko/settings';
import { useRenameDevice, useReplaceDevice, useRetireDevice } from '@hems/shared/queries/equipment';
import type { DeviceRow } from '@hems/shared/view/equipment';
import { useState, type ReactNode } from 'react';
import { useName } from '../settings/use-name.ts';
import buttons from '../ui/button.module.css';
import { Confirm, Failure } from '../ui/confirm.tsx';
import { Choice, Field } from '../ui/field.tsx';
import form from '../ui/field.module.css';

type Props = { readonly device: DeviceRow; readonly householdId: string; readonly s: SettingsTexts };

const Rename = ({ device, householdId, s }: Props): ReactNode => {
  const { devices: d } = s;
  const { field, checked } = useName(device.name);
  const { run, state, error } = useRenameDevice(householdId);
  const save = (): void => {
    const name = checked();
    if (name !== undefined && state !== 'busy') run({ deviceId: device.deviceId, name });
  };
  return (
    <form
      className={form['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={d.name} hint={field.isWrong ? d.nameWrong : d.nameHint} autoComplete="off" {...field} />
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      <div>
        <button type="submit" className={buttons['button']} aria-disabled={state === 'busy'}>
          {state === 'busy' ? s.busy : d.rename}
        </button>
      </div>
    </form>
  );
};

/** Another device of its kind continues its history. */
const Replace = ({ device, householdId, s }: Props): ReactNode => {
  const { devices: d } = s;
  const [by, setBy] = useState(device.successors[0]?.value ?? '');
  const action = useReplaceDevice(householdId);
  if (device.successors.length === 0) return null;
  return (
    <Confirm
      label={d.replace}
      tone="button"
      text={d.replaceText}
      words={s}
      action={action}
      onConfirm={() => action.run({ deviceId: device.deviceId, by })}
    >
      <Choice label={d.replaceBy} choices={device.successors} chosen={by} onChoose={setBy} />
    </Confirm>
  );
};

const Retire = ({ device, householdId, s }: Props): ReactNode => {
  const { devices: d } = s;
  const action = useRetireDevice(householdId);
  return (
    <Confirm
      label={d.retire}
      tone="button"
      text={d.retireText}
      words={s}
      action={action}
      onConfirm={() => action.run(device.deviceId)}
    />
  );
};

/** Another name, another device in its place, or the end of its use. */
export const DeviceActions = ({ mayEnd, ...props }: Props & { readonly mayEnd: boolean }): ReactNode => (
  <>
    <Rename {...props} />
    {mayEnd ? (
      <>
        <Replace {...props} />
        <Retire {...props} />
      </>
    ) : (
      <p className={form['hint']}>{props.s.devices.onlyOwner}</p>
    )}
  </>
);
