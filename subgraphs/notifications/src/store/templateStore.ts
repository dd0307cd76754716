import type { Clock } from '@foyer/platform';
import type { Database } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/notifications';
import { builtInTexts } from '../domain/builtInTexts.js';
import { MESSAGES, type MessageName } from '../domain/messages.js';
import type { MessageText } from '../domain/renderMessage.js';

/** A message's text in one language, as people see it. */
export interface TemplateView extends MessageText {
  readonly name: string;
  readonly language: string;
  readonly placeholders: readonly string[];
  readonly changed: boolean;
}

/** Texts of messages: the built-in ones, and what operators changed. */
export interface TemplateStore {
  list(): Promise<readonly TemplateView[]>;
  save(name: MessageName, language: string, text: MessageText, userId: string): Promise<TemplateView>;
}

/** The store on Postgres. */
export function createTemplateStore({ client }: Database<PrismaClient>, clock: Clock): TemplateStore {
  const viewOf = (
    name: MessageName,
    language: string,
    text: MessageText,
    changed: boolean,
  ): TemplateView => ({
    name,
    language,
    subject: text.subject,
    html: text.html,
    text: text.text,
    placeholders: Object.keys(MESSAGES[name].examples),
    changed,
  });
  return {
    async list() {
      const changed = await client.template.findMany();
      const names = Object.keys(MESSAGES) as MessageName[];
      return names.flatMap((name) => {
        const own = changed.filter((row) => row.name === name);
        const builtIn = [...builtInTexts(name)].filter(
          ([language]) => !own.some((row) => row.language === language),
        );
        return [
          ...builtIn.map(([language, text]) => viewOf(name, language, text, false)),
          ...own.map((row) => viewOf(name, row.language, row, true)),
        ];
      });
    },
    async save(name, language, { subject, html, text }, userId) {
      const data = { subject, html, text, updatedBy: userId, updatedAt: clock.now() };
      await client.template.upsert({
        where: { name_language: { name, language } },
        create: { name, language, ...data },
        update: data,
      });
      return viewOf(name, language, data, true);
    },
  };
}
