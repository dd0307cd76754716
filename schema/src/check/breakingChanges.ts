import { buildSchema, findBreakingChanges } from 'graphql';

/** What a client of the earlier API schema would stumble over in the later one, in words. */
export function breakingChanges(earlierSdl: string, laterSdl: string): readonly string[] {
  const [earlier, later] = [earlierSdl, laterSdl].map((sdl) => buildSchema(sdl)) as [
    ReturnType<typeof buildSchema>,
    ReturnType<typeof buildSchema>,
  ];
  return findBreakingChanges(earlier, later).map(({ description }) => description);
}
