/** A variable of the environment has a value that can't be used. The message names it and says what would do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads configuration from environment variables, with messages that name the wrong one. A wrong value is thrown as
 * `ConfigurationError` when it is read; with `noteProblems` all are noted and thrown together.
 */
export class Environment {
  private problems: Set<string> | null = null;

  constructor(private readonly variables: Readonly<Record<string, string | undefined>> = process.env) {}

  /** From now on a wrong value is noted, and reading it gives the default, or something harmless. */
  noteProblems(): void {
    this.problems ??= new Set();
  }

  /** Whether a wrong value was noted. */
  get hasProblems(): boolean {
    return this.problems !== null && this.problems.size > 0;
  }

  /** Ends the noting. @throws ConfigurationError that names every wrong value, each on a line of its own. */
  throwProblems(): void {
    const problems = [...(this.problems ?? [])];
    this.problems = null;
    if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  }

  /** Says that a value is wrong. @returns `instead` when problems are noted. @throws ConfigurationError otherwise. */
  refuse<Value>(problem: string, instead: Value): Value {
    if (!this.problems) throw new ConfigurationError(problem);
    this.problems.add(problem);
    return instead;
  }

  /** A text. @throws ConfigurationError when unset and there is no default. */
  text(name: string, fallback?: string): string {
    return this.optional(name) ?? fallback ?? this.refuse(`${name} is not set.`, '');
  }

  /** A text, or undefined when unset or empty. */
  optional(name: string): string | undefined {
    const value = this.variables[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  }

  /** A whole number within bounds. */
  integer(
    name: string,
    fallback: number,
    bounds: { readonly minimum?: number; readonly maximum?: number } = {},
  ): number {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = bounds;
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value;
    return this.refuse(`${name}=${text}: must be a whole number from ${minimum} to ${maximum}.`, fallback);
  }

  /** `true` or `false`. */
  flag(name: string, fallback: boolean): boolean {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    if (text === 'true' || text === 'false') return text === 'true';
    return this.refuse(`${name}=${text}: must be true or false.`, fallback);
  }

  /** One of several values. */
  choice<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = values.find((candidate) => candidate === text);
    return value ?? this.refuse(`${name}=${text}: must be one of ${values.join(', ')}.`, fallback);
  }

  /** An absolute URL without a trailing slash. */
  url(name: string, fallback?: string): string {
    const text = this.text(name, fallback);
    if (text !== '' && !URL.canParse(text)) {
      return this.refuse(`${shown(name, text)}: must be an absolute URL.`, fallback ?? '');
    }
    return text.replace(/\/+$/, '');
  }

  /** Absolute URLs separated by commas, each without a trailing slash; at least one. */
  urls(name: string, fallback: string): readonly string[] {
    const text = this.text(name, fallback);
    const urls = text
      .split(',')
      .map((each) => each.trim().replace(/\/+$/, ''))
      .filter((each) => each !== '');
    if (urls.length > 0 && urls.every((each) => URL.canParse(each))) return [...new Set(urls)];
    return this.refuse(`${shown(name, text)}: must be absolute URLs, separated by commas.`, [fallback]);
  }

  /** The URL of a Postgres database. @throws ConfigurationError when unset. The message shows no password. */
  postgresUrl(name: string): string {
    const text = this.text(name);
    const parsed = URL.canParse(text) ? new URL(text) : null;
    if (parsed && /^postgres(ql)?:$/.test(parsed.protocol) && parsed.pathname.length > 1) return text;
    if (text === '') return text;
    return this.refuse(
      `${name}: must be the URL of a database, postgres://user:password@host:5432/name.`,
      '',
    );
  }
}

/** A variable and its value; without the value where that may hold a password. */
function shown(name: string, text: string): string {
  return text.includes('@') ? name : `${name}=${text}`;
}
