/** A value that a message's text can hold. */
export type MessageValue = string | readonly Readonly<Record<string, string>>[];

/** A message's text in one language. */
export interface BuiltInText {
  readonly subject: string;
  /** HTML between the layout's head and foot; values are escaped. */
  readonly html: string;
  readonly text: string;
  /** Title and body in the inbox; null for what goes to the address alone (secrets, people without an account). */
  readonly inbox: { readonly title: string; readonly body: string } | null;
}

/** A message's built-in text and what may stand in it. */
export interface MessageDefinition extends BuiltInText {
  /** Every placeholder with an example; what a text refers to must be among them. */
  readonly examples: Readonly<Record<string, MessageValue>>;
}
