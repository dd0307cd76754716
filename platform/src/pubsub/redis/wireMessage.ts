/** The channel on which a publisher says that it may have missed to publish anything. */
export const EVERYTHING = 'everything';

const ORIGIN_LENGTH = 36;

/** A message as it travels: who published it (an id), and what; null says that messages of the channel may be missing. */
export interface WireMessage {
  readonly from: string;
  readonly message: string | null;
}

/** Writes a message. @param from an id. */
export function writeMessage({ from, message }: WireMessage): string {
  return message === null ? from : `${from} ${message}`;
}

/** Reads what `writeMessage` wrote. */
export function readMessage(text: string): WireMessage {
  return {
    from: text.slice(0, ORIGIN_LENGTH),
    message: text.length === ORIGIN_LENGTH ? null : text.slice(ORIGIN_LENGTH + 1),
  };
}
