/** The `dataschema` of an event: a URN that names its type and the version of its data. */
export function dataSchemaUri(type: string, version: number): string {
  return `urn:foyer:event:${type}:${version}`;
}
