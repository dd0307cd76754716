/** A variable of the environment has a value that can't be used. The message names it and says what would do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Reads configuration from environment variables, with messages that name the wrong one. */
export class Environment {
  constructor(private readonly variables: Readonly<Record<string, string | undefined>> = process.env) {}

  /** A text. @throws ConfigurationError when unset and there is no default. */
  text(name: string, fallback?: string): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) throw new ConfigurationError(`${name} is not set.`);
    return value;
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
    if (!Number.isSafeInteger(value) || value < minimum || value > maximum) {
      throw new ConfigurationError(`${name}=${text}: must be a whole number from ${minimum} to ${maximum}.`);
    }
    return value;
  }

  /** `true` or `false`. */
  flag(name: string, fallback: boolean): boolean {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    if (text === 'true' || text === 'false') return text === 'true';
    throw new ConfigurationError(`${name}=${text}: must be true or false.`);
  }

  /** One of several values. */
  choice<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = values.find((candidate) => candidate === text);
    if (value === undefined)
      throw new ConfigurationError(`${name}=${text}: must be one of ${values.join(', ')}.`);
    return value;
  }

  /** An absolute URL without a trailing slash. */
  url(name: string, fallback?: string): string {
    const text = this.text(name, fallback);
    if (!URL.canParse(text)) throw new ConfigurationError(`${name}=${text}: must be an absolute URL.`);
    return text.replace(/\/+$/, '');
  }
}
