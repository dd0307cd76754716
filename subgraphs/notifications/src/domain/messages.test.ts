import { builtInTexts } from './builtInTexts.js';
import { MESSAGES, type MessageName } from './messages.js';
import { renderInbox, renderMessage, TemplateFault } from './renderMessage.js';

const names = Object.keys(MESSAGES) as MessageName[];
const texts = names.flatMap((name) =>
  [...builtInTexts(name)].map(([language, text]) => ({ name, language, text })),
);

/** Pictures, and the codes that they show to scanners. */
const PICTURED = /^(cid:|V500X7)/;

describe('messages', () => {
  it.each(texts)(
    '$name, $language: its own texts use only its placeholders, and every placeholder stands in the plain text',
    ({ name, text: builtIn }) => {
      const message = MESSAGES[name];
      const { text } = renderMessage(builtIn, message.examples);
      renderInbox(builtIn, message.examples);
      for (const example of Object.values(message.examples) as (
        string | readonly Record<string, string>[]
      )[]) {
        const values =
          typeof example === 'string' ? [example] : example.flatMap((item) => Object.values(item));
        for (const value of values.filter((each) => !PICTURED.test(each))) expect(text).toContain(value);
      }
    },
  );

  it('escapes what people typed in HTML, leaves it alone in plain text, and keeps the subject on one line', () => {
    const name = '<script>alert(1)</script>\r\nBcc: everybody@example.org';
    const { html, text, subject } = renderMessage(
      { ...MESSAGES.welcome, subject: 'Hello {{name}}' },
      { name },
    );
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    expect(text).toContain('<script>alert(1)</script>');
    expect(subject).toBe('Hello <script>alert(1)</script> Bcc: everybody@example.org');
  });

  it('has every value on one line that reads as it is written, in all parts', () => {
    const name = 'Lan\u202e\r\n\r\nPay at evil.example\u2028now';
    const { html, text } = renderMessage(MESSAGES.welcome, { name });
    expect(text).toContain('Lan Pay at evil.example now');
    expect(html).toContain('Lan Pay at evil.example now');
  });

  it.each([
    ['an unknown placeholder', 'Hello {{surname}}'],
    ['an unknown one in a list', '{{#each tickets}}{{seat}}{{/each}}'],
    ['a helper that is none of ours', '{{lookup this "constructor"}}'],
    ['what is not well formed', 'Hello {{name'],
  ])('refuses %s', (_, text) => {
    const { examples } = MESSAGES['order-confirmed'];
    expect(() => renderMessage({ subject: 's', html: 'h', text }, examples)).toThrow(TemplateFault);
  });
});
