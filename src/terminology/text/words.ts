import type { Side } from './document.js'
import { listedPhrases, type ListedPhrases } from './listed-phrases.js'
import type { Phrase } from './phrases.js'
import type { LanguageTable } from './language-table.js'
import type { ShortForms } from './tokens.js'
import { yearPhrase } from './years.js'
import { everyLanguage, type Target, type WordFile } from './word-lists.js'

/** The words of one language for one kind of text, compiled. */
export interface Words {
  phrases: ListedPhrases
  targets: ReadonlyMap<string, Target>
  shortForms: ShortForms
  /** Words after which a line cannot end ("no", "of", "and"): the sentence goes on in the next line. */
  unfinished: ReadonlySet<string>
  /** Words with which no line begins ("or", "of"). */
  continuing: ReadonlySet<string>
  /** Shortened words, behind which a dot does not end a sentence. */
  shortened: ReadonlySet<string>
  /** Marks by the words that they are dictated as. */
  dictated: ReadonlyMap<string, string>
  /** Words before a place that something comes from or goes to. */
  away: ReadonlySet<string>
  /** Words that tell of another one than was spoken of ("no other lump"). */
  another: ReadonlySet<string>
  /** Sides by the words that name them alone. */
  sides: ReadonlyMap<string, Side>
  /** Words that lead to a place ("of"), and the articles behind them. */
  locating: ReadonlySet<string>
  articles: ReadonlySet<string>
  /** What a year that stands alone means, and the words that lead to one ("in"). */
  year: Phrase
  yearLeads: ReadonlySet<string>
  /** Words behind the number of a day that say what it is a day of ("day 2 of", "day 5 postpartum"). */
  ofDays: ReadonlySet<string>
  /** Words that are the whole answer of a line ("yes", "none"). */
  answers: ReadonlySet<string>
  /** The code of their language. */
  language: string
  /** Words of all languages, by which a sentence in another one is known. */
  table: LanguageTable
}

const sidesOf = (as: string, words: readonly string[]): readonly (readonly [string, Side])[] =>
  isSide(as) ? words.map((word) => [word, as]) : []

const isSide = (as: string): as is Side => as === 'left' || as === 'right' || as === 'both'

/** Whose words are compiled, and what all kinds of text and languages have in common. */
export interface WordsOf {
  language: string
  kind: string
  table: LanguageTable
  shortForms: ShortForms
}

/** Compiles the lists of all files of the language, and of those for every language, that are for this kind of text. */
export function compileWords(
  files: readonly WordFile[],
  { language, kind, table, shortForms }: WordsOf,
): Words {
  const mine = files.filter(
    (file) =>
      (file.language === language || file.language === everyLanguage) &&
      (file.kinds.length === 0 || file.kinds.includes(kind)),
  )
  const lists = mine.flatMap((file) => file.lists)
  const listed = (id: string): readonly string[] =>
    lists.filter(({ entry }) => entry.id === id).flatMap(({ words }) => words)
  return {
    phrases: listedPhrases(lists),
    targets: new Map(mine.flatMap((file) => file.targets).map((target) => [target.id, target])),
    shortForms,
    unfinished: new Set(listed('line-goes-on-after')),
    continuing: new Set(listed('line-goes-on-with')),
    shortened: new Set(listed('shortened')),
    dictated: new Map(
      lists
        .filter(({ entry }) => entry.id.startsWith('dictated-'))
        .flatMap(({ entry, words }) => words.map((word) => [word, entry.as] as const)),
    ),
    away: new Set(listed('away')),
    another: new Set(listed('another')),
    sides: new Map(lists.flatMap(({ entry, words }) => sidesOf(entry.as, words))),
    year: yearPhrase(
      mine.flatMap(({ targets }) => targets.filter(({ lasting }) => lasting).map(({ id }) => id)),
    ),
    locating: new Set(listed('locating')),
    articles: new Set(listed('article-of-place')),
    yearLeads: new Set(listed('year-lead')),
    ofDays: new Set(listed('of-days')),
    answers: new Set(listed('whole-answer')),
    language,
    table,
  }
}
