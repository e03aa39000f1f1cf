import { useState } from 'react';

const MOST = 60;

/** A name while it is typed; `checked` answers it without space around it, or marks the field and answers undefined. */
export const useName = (before: string) => {
  const [value, onChange] = useState(before);
  const [isWrong, setWrong] = useState(false);
  const checked = (): string | undefined => {
    const said = value.trim();
    const isName = said !== '' && said.length <= MOST;
    setWrong(!isName);
    return isName ? said : undefined;
  };
  return { field: { value, onChange, isWrong }, checked };
};
