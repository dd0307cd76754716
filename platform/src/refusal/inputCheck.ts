import { isLine, isStorable } from '../values/text.js';
import { invalidInput, type InvalidField } from './refused.js';

/** Gathers every wrong field of an input, then refuses them all at once. */
export class InputCheck {
  private readonly fields: InvalidField[] = [];

  /** Notes a wrong field unless `holds`. */
  require(holds: boolean, path: string, rule: string, message: string): this {
    if (!holds) this.fields.push({ path, rule, message });
    return this;
  }

  /** A text of bounded length with something in it, in Unicode code points after trimming. */
  text(value: string, path: string, maximum: number): this {
    if (value.trim() === '') return this.require(false, path, 'REQUIRED', 'Write something here.');
    return this.optionalText(value, path, maximum);
  }

  /** A text of bounded length that may be empty, in Unicode code points after trimming. */
  optionalText(value: string, path: string, maximum: number): this {
    const length = [...value.trim()].length;
    return this.require(
      length <= maximum,
      path,
      'TOO_LONG',
      `Use at most ${maximum.toLocaleString('en')} characters.`,
    ).require(isStorable(value), path, 'NOT_TEXT', 'Leave out characters that are none, such as U+0000.');
  }

  /** A text of bounded length on one line that reads as it is written: a name, a title, what goes into a mail's header. */
  line(value: string, path: string, maximum: number): this {
    return this.text(value, path, maximum).require(
      isLine(value.trim()) || !isStorable(value),
      path,
      'CONTROL_CHARACTERS',
      'Write one line, without tabs or direction marks.',
    );
  }

  /** A whole number within bounds. */
  integer(value: number, path: string, minimum: number, maximum: number): this {
    return this.require(
      Number.isSafeInteger(value) && value >= minimum && value <= maximum,
      path,
      'OUT_OF_RANGE',
      `Use a whole number from ${minimum} to ${maximum}.`,
    );
  }

  /** @throws Refused with `InvalidInput` when any field was wrong. */
  done(): void {
    if (this.fields.length > 0) throw invalidInput(this.fields);
  }
}
