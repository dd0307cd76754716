import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { readPlaceholder } from '../../authorization/placeholders.js';

/** How the keys of an object of a result are called for the client, and those of the objects inside of it. */
export interface Renamings {
  /** By key; keys that keep their names are not here. */
  readonly names: ReadonlyMap<string, Renaming>;
  /** By key; only where something is to be renamed. */
  readonly inner: ReadonlyMap<string, Renamings>;
}

/** What a key stands for. */
export interface Renaming {
  readonly name: string;
  /** The number of the forbidden field that stands here; null for all others. */
  readonly placeholder: number | null;
}

/** While it is built. */
interface Draft {
  readonly names: Map<string, Renaming>;
  readonly inner: Map<string, Draft>;
}

/**
 * Where an operation's results have keys that are not the client's, so that restoring walks there and nowhere else: not
 * into the values of scalars, and not down to where nothing was renamed.
 * @param document one operation and its fragments, with names and placeholders of ours.
 * @param responseNames the client's names by ours.
 * @returns null when everything is called as the client called it.
 */
export function renamingsOf(
  document: DocumentNode,
  responseNames: ReadonlyMap<string, string>,
): Renamings | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }

  const collect = ({ selections }: SelectionSetNode, draft: Draft): Draft => {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet, draft);
        continue;
      }
      const key = selection.alias?.value ?? selection.name.value;
      const placeholder = readPlaceholder(key);
      const name =
        placeholder === null ? responseNames.get(key) : clientsName(placeholder.name, responseNames);
      if (name !== undefined) draft.names.set(key, { name, placeholder: placeholder?.number ?? null });
      if (!selection.selectionSet) continue;
      const inner = collect(selection.selectionSet, draft.inner.get(key) ?? newDraft());
      if (inner.names.size > 0 || inner.inner.size > 0) draft.inner.set(key, inner);
    }
    return draft;
  };
  const draft = operation ? collect(operation.selectionSet, newDraft()) : newDraft();
  return draft.names.size > 0 || draft.inner.size > 0 ? draft : null;
}

/** What the client calls what we call so. */
export function clientsName(name: string, responseNames: ReadonlyMap<string, string>): string {
  return responseNames.get(name) ?? name;
}

function newDraft(): Draft {
  return { names: new Map(), inner: new Map() };
}
