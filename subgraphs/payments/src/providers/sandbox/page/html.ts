/** Markup that is safe to send: what was put into it is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Tag of templates of markup: every value is escaped, for text and for attributes in quotes, unless it is markup. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | number | Html)[]): Html {
  const parts = values.map((value) =>
    value instanceof Html ? value.text : String(value).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? ''),
  );
  return new Html(String.raw({ raw: strings }, ...parts));
}
