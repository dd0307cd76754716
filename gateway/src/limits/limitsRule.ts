import { BREAK, type ValidationRule } from 'graphql';
import { limitError } from './limitError.js';
import type { Limits } from './limits.js';
import { measure } from './measure.js';

/** A validation rule that refuses operations past the limits. */
export function limitsRule(limits: Limits): ValidationRule {
  return (context) => ({
    Document(document) {
      const size = measure(document);
      for (const which of ['depth', 'aliases', 'rootFields', 'fields'] as const) {
        if (size[which] > limits[which]) context.reportError(limitError(limits, which));
      }
      return BREAK;
    },
  });
}
