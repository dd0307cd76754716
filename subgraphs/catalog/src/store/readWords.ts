import type { Queryable } from '@foyer/kafka';

/** The most words that a search looks for. */
const MAXIMUM_WORDS = 10;
/** Shorter ones are taken as they are typed. */
const MINIMUM_CORRECTED = 4;
/** A word that nothing has is also looked for as so many similar ones. */
const MAXIMUM_SIMILAR = 3;

const PLAIN_WORD = /^[\p{L}\p{M}\p{N}]+$/u;

/**
 * What people typed, as the text of a Postgres tsquery: every word must occur, as it stands or by its stem in a language;
 * the last one may be unfinished; one that occurs nowhere may be misspelt. Nothing of the query language gets through.
 * @param language BCP 47.
 * @returns null when there is no word in it.
 */
export async function readWords(sql: Queryable, text: string, language: string): Promise<string | null> {
  const [typed] = await sql.query<{ plain: string }>(`select lower(search_text($1)) as plain`, [text]);
  // Taking accents away can make signs out of letters, so words are told apart after it.
  const words = (typed?.plain ?? '').split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  if (words.length === 0) return null;
  const found = await sql.query<{ word: string; similar: readonly string[] }>(FIND_SIMILAR, [
    words.slice(0, MAXIMUM_WORDS),
    language,
    MINIMUM_CORRECTED,
    MAXIMUM_SIMILAR,
  ]);
  const query = found
    .map(({ word, similar }, index) => {
      const itself = index === found.length - 1 ? `${word}:*` : word;
      return `(${[itself, ...similar.filter((each) => PLAIN_WORD.test(each))].join(' | ')})`;
    })
    .join(' & ');
  const [read] = await sql.query<{ query: string }>(
    `select (to_tsquery('simple', $1) || to_tsquery(search_configuration($2), $1))::text as query`,
    [query, language],
  );
  return read?.query || null;
}

/** Similar words for those that nothing published has, neither as they stand, nor by their stem, nor (the last) begun. */
const FIND_SIMILAR = `
  select typed.word,
    case
      when char_length(typed.word) < $3
        or exists (select from search_word k where k.word = typed.word)
        or exists (
          select from search_word k
          where k.word = any(tsvector_to_array(to_tsvector(search_configuration($2), typed.word)))
        )
        or (typed.nr = cardinality($1::text[]) and exists (select from search_word k where k.word like typed.word || '%'))
      then '{}'
      else similar_words(typed.word, $4)
    end as similar
  from unnest($1::text[]) with ordinality as typed (word, nr)
  order by typed.nr`;
