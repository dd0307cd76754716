import type { RefusalData } from '@foyer/platform';

/**
 * Reads the answer of a service-only mutation.
 * @param expected name of the payload's type.
 * @returns null for the payload, or the refusal.
 */
export function takeRefusal(answer: { readonly __typename: string }, expected: string): RefusalData | null {
  return answer.__typename === expected ? null : ({ ...answer } as RefusalData);
}
