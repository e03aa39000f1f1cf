export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** adds the headers by which a reader leaves advertising with one click */
  readonly unsubscribeUrl?: string;
};

/** E-mail. Resolves when the service has taken it. `id` is the mail's own: the same id is sent once where the service can tell. */
export type Mailer = { send(id: string, mail: Mail): Promise<void> };
