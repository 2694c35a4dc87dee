import type { CodeableConcept } from 'fhir/r4.js'
import type { ReaderContext } from '../fact-collector.js'
import { conceptOf, conceptWords, saysSomething, stringOf } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'

/** How a medicine is used; undefined when nothing tells. */
type Use = 'local' | 'systemic' | undefined

/** The words of a medicine that tell how it is used. */
export interface UseWords {
  /** Its names, as charted. */
  texts: readonly string[]
  /** The words of the dose form, from the Medication resource. */
  form: string
  /** The names make it a local one ("clindamycin 1 %"). */
  local: boolean
}

/**
 * How the words of a route, form or name say that a medicine is used; words for both mean systemic.
 *
 * Edge: in an instruction, the name of a place ("for the ear") is no route; there only the words of local use count.
 */
function useInWords(
  texts: readonly string[],
  { readText }: ReaderContext,
  localWords: ReadonlySet<unknown> = allLocalWords,
): Use {
  const uses = texts.flatMap((text) => readText({ kind: 'route', text }).readings).map(({ value }) => value)
  if (uses.includes('systemic')) return 'systemic'
  return uses.some((use) => localWords.has(use)) ? 'local' : undefined
}

const allLocalWords: ReadonlySet<unknown> = new Set(['local', 'local-place'])
const wordsOfInstructions: ReadonlySet<unknown> = new Set(['local'])

function useByRoute(route: CodeableConcept, context: ReaderContext): Use {
  const sets = context.codes.codedSets(route).map(({ set }) => set)
  if (sets.includes('systemic-route')) return 'systemic'
  if (sets.includes('local-route')) return 'local'
  return useInWords([conceptWords(route)], context)
}

function useByName({ texts, local }: UseWords, context: ReaderContext): Use {
  const use = useInWords(texts, context)
  return use ?? (local ? 'local' : undefined)
}

const instructionsOf = (dosage: Fields): readonly string[] =>
  [
    stringOf(dosage['text']),
    stringOf(dosage['patientInstruction']),
    conceptWords(conceptOf(dosage['method'])),
  ].filter((text) => text !== undefined && text !== '') as readonly string[]

/**
 * Is the medicine used on the skin, in the eye, ear, nose or vagina only?
 *
 * Shape:   recorded routes decide, by code or words; where they do not tell, the dose form, then the name, then the instruction.
 * Edge:    one systemic route among several makes the medicine systemic.
 * Missing: a medicine of which nothing tells how it is used counts as systemic.
 * Source:  clinical 2.6, last row of antibiotics
 */
export function isLocalUse(dosages: readonly Fields[], words: UseWords, context: ReaderContext): boolean {
  const routes = dosages.flatMap((dosage) => conceptOf(dosage['route']) ?? []).filter(saysSomething)
  const uses = routes.map((route) => useByRoute(route, context))
  if (uses.includes('systemic')) return false
  if (uses.length > 0 && !uses.includes(undefined)) return true
  const use =
    useInWords([words.form], context) ??
    useByName(words, context) ??
    useInWords(dosages.flatMap(instructionsOf), context, wordsOfInstructions)
  return use === 'local'
}
