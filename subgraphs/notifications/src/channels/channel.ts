/** A file that goes with a mail and stands in its HTML as `cid:<name>`. */
export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  /** Base64. */
  readonly content: string;
}

/** A calendar file (iCalendar) that goes with a mail. */
export interface MailCalendar {
  /** What calendars are to do with it (RFC 5546). */
  readonly method: 'REQUEST' | 'CANCEL';
  readonly content: string;
}

/** A mail, ready to be sent. */
export interface Mail {
  /** The fixed Message-ID: a mail sent twice after a crash is known by it. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
  /** null: none. */
  readonly calendar: MailCalendar | null;
}

/** The port: hands mail to whoever delivers it. */
export interface EmailChannel {
  /** How many mails it sends at once; more would wait in it. */
  readonly atOnce: number;
  /** Resolves when the mail is taken. @throws with the reason when it is not; it will be tried again. */
  send(mail: Mail): Promise<void>;
  /** @throws when mail can't be sent at present. */
  check(): Promise<void>;
  close(): void;
}
