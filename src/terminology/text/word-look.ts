import type { LanguageTable } from './language-table.js'
import { isOtherScript } from './languages.js'
import type { WordNumber } from './known-words.js'
import { listedPhrases, phrasesAt } from './listed-phrases.js'
import { textKinds, type TextKind } from './reading.js'
import { tokensOf, type ShortForms } from './tokens.js'
import { everyLanguage, type Entry, type WordFile } from './word-lists.js'

/** A quick look at a text, before the reader of any kind of text is asked. */
export interface WordLook {
  /**
   * The kinds of text whose readers may find something in the text.
   *
   * Edge: names at least the kinds that find a target or a word of a language that is not read, and sometimes one more.
   */
  kindsIn: (text: string) => ReadonlySet<TextKind>
}

/** The words that a look is made from. */
export interface LookedFor {
  files: readonly WordFile[]
  languages: readonly string[]
  table: LanguageTable
  shortForms: ShortForms
}

/**
 * Compiles the look from the targets of all kinds of text in the languages that are read.
 *
 * Edge: a word counts as every word that it resembles, and line ends are passed over, so the look finds no less than the readers.
 */
export function compileWordLook({ files, languages, table, shortForms }: LookedFor): WordLook {
  const kindsOf = kindsOfTargets(files, languages)
  const phrases = listedPhrases(files.flatMap(({ lists }) => lists.filter(({ entry }) => kindsOf.has(entry))))
  const isForeign = (word: string): boolean => {
    const spokenIn = table.get(word)
    if (!spokenIn) return isOtherScript(word)
    return languages.some((language) => !spokenIn.includes(language))
  }
  return {
    kindsIn(text) {
      const numbers = new Map<string, readonly WordNumber[]>()
      const places: (readonly WordNumber[])[] = []
      for (const { kind, text: word } of tokensOf(text, shortForms)) {
        if (kind === 'break') continue
        const known = numbers.get(word) ?? phrases.knownWords.allNumbersOf(word)
        if (!numbers.has(word) && isForeign(word)) return new Set(textKinds)
        numbers.set(word, known)
        places.push(known)
      }
      const found = new Set<TextKind>()
      for (const at of places.keys())
        for (const { listed } of phrasesAt(at, places, phrases))
          for (const kind of kindsOf.get(listed.entry) ?? []) found.add(kind)
      return found
    },
  }
}

/** The kinds of text that each target is looked for in. */
function kindsOfTargets(
  files: readonly WordFile[],
  languages: readonly string[],
): ReadonlyMap<Entry, readonly TextKind[]> {
  return new Map(
    files
      .filter(({ language }) => language === everyLanguage || languages.includes(language))
      .flatMap(({ kinds, lists }) => {
        const asked = kinds.length === 0 ? textKinds : textKinds.filter((kind) => kinds.includes(kind))
        return lists.flatMap(({ entry }) => (entry.role === 'target' ? [[entry, asked] as const] : []))
      }),
  )
}
