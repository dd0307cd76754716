const SECRET =
  /secret|signature|token|authori[sz]ation|password|api[-_]?key|checksum|cookie|card|cvv|\bmac\b/i;
const LONGEST_TEXT = 2000;

/**
 * A copy of a value that may be stored and shown to staff: plain JSON, with what stands under a secret's name replaced,
 * long texts cut, amounts as numbers.
 */
export function removeSecrets(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (name, each: unknown) => {
      if (name !== '' && SECRET.test(name)) return '[removed]';
      if (typeof each === 'bigint') return Number(each);
      if (typeof each === 'string' && each.length > LONGEST_TEXT) return `${each.slice(0, LONGEST_TEXT)}…`;
      return each;
    }),
  ) as unknown;
}
