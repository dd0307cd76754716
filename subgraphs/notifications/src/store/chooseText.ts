import type { TransactionClient } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/notifications';
import { builtInTexts, FALLBACK_LANGUAGE, textLanguage } from '../domain/builtInTexts.js';
import type { BuiltInText } from '../domain/messageDefinition.js';
import type { MessageName } from '../domain/messages.js';
import type { MessageText } from '../domain/renderMessage.js';

/** The texts of a message for somebody. */
export interface ChosenText {
  /** Two letters. */
  readonly language: string;
  /** The mail's. */
  readonly mail: MessageText;
  readonly inbox: BuiltInText['inbox'];
}

/**
 * The texts for somebody who reads a language: in it, if there are any, else in English; what operators wrote before what
 * is built in. Operators write mails; the inbox says what is built in.
 * @param tag BCP 47.
 */
export async function chooseText(
  client: TransactionClient<PrismaClient>,
  name: MessageName,
  tag: string,
): Promise<ChosenText> {
  const builtIn = builtInTexts(name);
  const wanted = textLanguage(tag);
  const written = await client.template.findMany({
    where: { name, language: { in: [wanted, FALLBACK_LANGUAGE] } },
  });
  const exists = builtIn.has(wanted) || written.some(({ language }) => language === wanted);
  const language = exists ? wanted : FALLBACK_LANGUAGE;
  const english = builtIn.get(FALLBACK_LANGUAGE) as BuiltInText;
  const own = builtIn.get(language) ?? english;
  return {
    language,
    mail: written.find((text) => text.language === language) ?? own,
    inbox: own.inbox,
  };
}
