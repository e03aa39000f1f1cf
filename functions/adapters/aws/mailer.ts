import { SendEmailCommand, SESv2Client, type SESv2ClientConfig } from '@aws-sdk/client-sesv2';
import type { Mailer } from '../../ports/mailer.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** `Mailer` on SES, from a verified sender. SES cannot tell a repeated mail. */
export const sesMailer = (from: string, config: SESv2ClientConfig = {}): Mailer => {
  const client = new SESv2Client({ ...SHORT_TIMEOUTS, ...config });
  return {
    send: async (_id, { to, subject, text, unsubscribeUrl }) => {
      const leave = [
        { Name: 'List-Unsubscribe', Value: `<${unsubscribeUrl ?? ''}>` },
        { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
      ];
      const content = {
        Subject: { Data: subject, Charset: 'UTF-8' },
        Body: { Text: { Data: text, Charset: 'UTF-8' } },
        ...(unsubscribeUrl !== undefined && { Headers: leave }),
      };
      const mail = { FromEmailAddress: from, Destination: { ToAddresses: [to] }, Content: { Simple: content } };
      await client.send(new SendEmailCommand(mail));
    },
  };
};
