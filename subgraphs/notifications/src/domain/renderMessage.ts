import { asLine } from '@foyer/platform/domain';
import Handlebars from 'handlebars';
import { LRUCache } from 'lru-cache';
import type { BuiltInText, MessageValue } from './messageDefinition.js';

/** A message's text with its placeholders. */
export interface MessageText {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What stands below a message. */
export interface MessageEnd {
  readonly why: string;
  readonly label: string;
  readonly link: string;
}

/** A text refers to what its message does not have, or is not well formed. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';

  constructor(
    readonly part: keyof MessageText | 'inbox',
    reason: string,
  ) {
    super(reason);
  }
}

const { escapeExpression: escape } = Handlebars.Utils;

// Only these: a text is data that operators write, not a program.
const OPTIONS = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { each: true, if: true, lookup: false, log: false, unless: false, with: false },
};

/**
 * Fills a text's placeholders. In HTML every value is escaped, so that what people typed is harmless there; a subject
 * stays on one line.
 * @param language of the text, two letters.
 * @param end what stands below it; null: nothing.
 * @throws TemplateFault naming the part that refers to something the values don't have.
 */
export function renderMessage(
  text: MessageText,
  values: Readonly<Record<string, MessageValue>>,
  language = 'en',
  end: MessageEnd | null = null,
): MessageText {
  return {
    subject: asLine(fill('subject', text.subject, values, true)),
    html: layout(fill('html', text.html, values, false), language, end),
    text:
      fill('text', text.text, values, true) + (end ? `\n--\n${end.why} ${end.label}:\n${end.link}\n` : ''),
  };
}

/** Fills the texts of the inbox entry. @returns null when the message makes none. */
export function renderInbox(
  { inbox }: Pick<BuiltInText, 'inbox'>,
  values: Readonly<Record<string, MessageValue>>,
): { readonly title: string; readonly body: string } | null {
  return (
    inbox && {
      title: fill('inbox', inbox.title, values, true),
      body: fill('inbox', inbox.body, values, true),
    }
  );
}

function fill(
  part: TemplateFault['part'],
  text: string,
  values: Readonly<Record<string, MessageValue>>,
  noEscape: boolean,
): string {
  try {
    return compiled(text, noEscape)(asLines(values));
  } catch (error) {
    throw new TemplateFault(part, (error as Error).message);
  }
}

/** What stands for a placeholder is one line that reads as it is written: names were taken that are not. */
function asLines(values: Readonly<Record<string, MessageValue>>): Readonly<Record<string, MessageValue>> {
  const lines = (each: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(each).map(([name, value]) => [name, asLine(value)]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? asLine(value) : value.map(lines),
    ]),
  );
}

// A few dozen texts at a time; each change by an operator makes one more.
const programs = new LRUCache<string, HandlebarsTemplateDelegate>({ max: 500 });

function compiled(text: string, noEscape: boolean): HandlebarsTemplateDelegate {
  const key = `${noEscape ? 'text' : 'html'}:${text}`;
  let program = programs.get(key);
  if (!program) {
    program = Handlebars.compile(text, { ...OPTIONS, noEscape });
    programs.set(key, program);
  }
  return program;
}

const STYLE = `body{margin:0;background:#f4f1ec;color:#1d1b19;font:16px/1.5 Georgia,serif}
main{max-width:560px;margin:24px auto;padding:32px;background:#fff;border-radius:8px}
h1{font-size:20px;letter-spacing:.08em;text-transform:uppercase;color:#8a1c1c;margin:0 0 24px}
table{width:100%;border-collapse:collapse}td{padding:6px 4px;border-bottom:1px solid #eee}
.code{font:13px/1.4 monospace;overflow-wrap:anywhere;background:#f4f1ec;padding:12px;border-radius:4px}
.ticket{border:1px dashed #8a1c1c;border-radius:8px;padding:16px;margin:16px 0;text-align:center}
footer{margin-top:32px;border-top:1px solid #eee;font-size:13px;color:#6b645c}`;

function layout(content: string, language: string, end: MessageEnd | null): string {
  const foot = end
    ? `<footer><p>${escape(end.why)} <a href="${escape(end.link)}">${escape(end.label)}</a></p></footer>`
    : '';
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body><main><h1>Foyer</h1>${content}${foot}</main></body></html>`;
}
