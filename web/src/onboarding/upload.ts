type Form = { readonly url: string; readonly fields: Readonly<Record<string, string>> };

/** Sends a file as a form, the fields of its permission first; `fetch` cannot tell how much has gone. Rejects when the place does not take it. */
export const upload = ({ url, fields }: Form, file: Blob, onPercent: (percent: number) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', file);
    const request = new XMLHttpRequest();
    const fail = (why: string): void => reject(new Error(`the file was not sent: ${why}`));
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onPercent(total > 0 ? Math.floor((100 * loaded) / total) : 0),
    );
    request.addEventListener('load', () => (request.status < 300 ? resolve() : fail(`status ${request.status}`)));
    request.addEventListener('error', () => fail('no connection'));
    request.open('POST', url);
    request.send(body);
  });
