import type { OnboardingTexts } from '@hems/shared/i18n/ko/onboarding';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import form from '../ui/field.module.css';
import { claimCodeIn } from './label-photo.ts';

type Props = { readonly s: OnboardingTexts['device']; readonly onCode: (code: string) => void };

/** Takes a picture of the label by the camera of the phone, or one that is there, and reads its code on the device. */
export const LabelPhotoButton = ({ s, onCode }: Props): ReactNode => {
  const [isMissing, setMissing] = useState(false);
  const read = async (photo: File): Promise<void> => {
    // what is no picture has no code in it either
    const code = await claimCodeIn(photo).catch(() => undefined);
    setMissing(code === undefined);
    if (code !== undefined) onCode(code);
  };
  return (
    <>
      <label className={`${buttons['button']} ${form['file']}`}>
        <span>{s.photo}</span>
        <input
          type="file"
          accept="image/*"
          capture="environment"
          onChange={({ target }) => {
            const [photo] = target.files ?? [];
            target.value = '';
            if (photo) void read(photo);
          }}
        />
      </label>
      {isMissing && <p role="alert">{s.noCode}</p>}
    </>
  );
};
