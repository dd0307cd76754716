import type { Sealer } from '@foyer/platform';
import type { Mail } from '../channels/channel.js';

/** What of a mail is kept sealed: it carries codes and tokens. */
export type MailContent = Pick<Mail, 'html' | 'text' | 'attachments' | 'calendar'>;

const PURPOSE = 'mail-content';

/** Seals a mail's content. */
export function sealContent(sealer: Sealer, content: MailContent): string {
  return sealer.seal(PURPOSE, JSON.stringify(content));
}

/** Opens a mail's content. */
export function openContent(sealer: Sealer, sealed: string): MailContent {
  // Mails made before there were calendar files have none.
  const content = JSON.parse(sealer.open(PURPOSE, sealed)) as Omit<MailContent, 'calendar'> &
    Partial<MailContent>;
  return { calendar: null, ...content };
}
