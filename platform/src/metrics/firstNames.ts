const LONGEST = 64;

/**
 * Keeps a label's values few whatever comes from outside: registered names and the first others are shown as they are, all
 * later ones, and long ones, as `other`.
 * @param limit how many are shown besides the registered ones.
 */
export function firstNames(limit: number, registered: readonly string[] = []): (name: string) => string {
  const fixed = new Set(registered);
  const seen = new Set<string>();
  return (name) => {
    if (fixed.has(name) || seen.has(name)) return name;
    if (seen.size >= limit || name.length > LONGEST) return 'other';
    seen.add(name);
    return name;
  };
}
