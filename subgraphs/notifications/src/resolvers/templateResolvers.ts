import {
  InputCheck,
  invalidInput,
  notFound,
  requirePermission,
  withRefusals,
  type RequestContext,
} from '@foyer/platform';
import { findMessage, type MessageName } from '../domain/messages.js';
import { renderMessage, TemplateFault, type MessageText } from '../domain/renderMessage.js';
import type { NotificationServices } from './services.js';

type TemplateInput = MessageText & { readonly name: string; readonly language: string };

const MAXIMUM_BODY = 50_000;

/** Checks a text by making the message with example values. @throws Refused when it can't be made. */
function rendered(input: TemplateInput): MessageText {
  const message = findMessage(input.name);
  if (!message) throw notFound('message', input.name);
  new InputCheck()
    .text(input.subject, 'input.subject', 200)
    .text(input.html, 'input.html', MAXIMUM_BODY)
    .text(input.text, 'input.text', MAXIMUM_BODY)
    .require(
      /^[a-z]{2}$/.test(input.language),
      'input.language',
      'NOT_A_LANGUAGE',
      'Use two letters, such as en or vi.',
    )
    .done();
  try {
    return renderMessage(input, message.examples);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    const known = Object.keys(message.examples).join(', ');
    throw invalidInput([
      {
        path: `input.${error.part}`,
        rule: 'BAD_TEMPLATE',
        message: `${error.message} Placeholders of this message: ${known}.`,
      },
    ]);
  }
}

/** `templates`. */
export function templatesQuery({ templates }: NotificationServices) {
  return (_: unknown, _arguments: unknown, { identity }: RequestContext) => {
    requirePermission(identity, 'template:edit');
    return templates.list();
  };
}

/** `previewTemplate`. */
export const previewTemplateMutation = withRefusals(
  (_: unknown, { input }: { readonly input: TemplateInput }, { identity }: RequestContext) => {
    requirePermission(identity, 'template:edit');
    return Promise.resolve({ __typename: 'PreviewTemplatePayload', ...rendered(input) });
  },
);

/** `saveTemplate`. */
export function saveTemplateMutation({ templates }: NotificationServices) {
  return withRefusals(
    async (_: unknown, { input }: { readonly input: TemplateInput }, { identity }: RequestContext) => {
      const { userId } = requirePermission(identity, 'template:edit');
      rendered(input);
      const template = await templates.save(input.name as MessageName, input.language, input, userId);
      return { __typename: 'SaveTemplatePayload', template };
    },
  );
}
