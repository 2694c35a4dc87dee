import type { Document, Mention } from './document.js'
import { hasRole, isNamed } from './phrases.js'
import { readDocument } from './read-document.js'
import type { KindReader, Reading } from './reading.js'
import { replacedIn } from './replaced-medicines.js'
import type { Words } from './words.js'

/** Classes of the targets of `cards/words/every/medicine.yaml`; other classes say nothing of cover. */
const antibiotic = 'antibiotic'
const urinary = 'urinary antibiotic'
const localOnly = 'local antibiotic'
/** "An antibiotic" without a name. */
const unknown = 'unknown antibiotic'
const contraindicated = 'contraindicated'
/** The place of a brand that is for the skin, eye, ear or vagina alone. */
const localPlace = 'local'

type Cover = 'systemic' | 'local' | 'none' | 'unknown'

/** The medicines that a text names, and what is known of the text as a whole. */
interface Named {
  given: readonly Mention[]
  notGiven: readonly Mention[]
  isLocal: (mention: Mention) => boolean
  classOf: (mention: Mention) => string
}

/**
 * Reads which medicines a text names, how they cover as antibiotics, and whether one speaks against the milk.
 *
 * Shape:   `ingredient` is present for a medicine that is given, absent for one that is named and not given.
 * Edge:    a medicine that is avoided, stopped, replaced, an allergy, waiting for something or for somebody else is not given; a local form
 *          makes it local unless the text also names a systemic one; a medicine for the skin does not speak against the milk.
 * Missing: "an antibiotic" without a name is cover `unknown`.
 * Source:  clinical 2.6, clinical changes C15
 */
export const readMedicine: KindReader = ({ text }, words) => {
  const document = readDocument(text, words, { name: true })
  const named = namedIn(document, words)
  const against = named.given.find((one) => named.classOf(one) === contraindicated && !named.isLocal(one))
  return {
    readings: [
      ...ingredients(named.given, named, words).map((mention) => readingOf('ingredient', mention, named)),
      ...onceEach(named.notGiven)
        .filter(({ target }) => !named.given.some((one) => one.target === target))
        .map((mention): Reading => ({ ...readingOf('ingredient', mention, named), state: 'absent' })),
      coverReading(named),
      ...(against ? [readingOf('contraindicated', against, named, '')] : []),
    ],
    document,
  }
}

function namedIn(document: Document, { targets }: Words): Named {
  const local = isLocal(document)
  const classOf = ({ target }: Mention): string => targets.get(target)?.class ?? ''
  const replaced = replacedIn(document)
  const isGiven = (mention: Mention): boolean => isSaidOfHer(mention) && !replaced.has(mention)
  return {
    given: document.mentions.filter(isGiven),
    notGiven: document.mentions.filter((mention) => !isGiven(mention) && classOf(mention) !== unknown),
    isLocal: ({ place }) => local || place === localPlace,
    classOf,
  }
}

/** Does the text say that it is so now, for the patient? */
export const isSaidOfHer = ({ assertion }: Mention): boolean => {
  const { state, denied, hypothetical, otherPerson, historical, resolved, retracted } = assertion
  const isElse = hypothetical || otherPerson || historical || retracted
  return state !== 'absent' && !denied && !resolved && !isElse
}

function isLocal({ hits }: Document): boolean {
  const says = (id: string): boolean => hits.some((hit) => hasRole(hit, 'term') && isNamed(hit, id))
  return says('local-form') && !says('systemic-form')
}

function coverOf({ given, isLocal, classOf }: Named): Cover {
  const ofClass = (name: string): readonly Mention[] => given.filter((one) => classOf(one) === name)
  const antibiotics = ofClass(antibiotic)
  if (antibiotics.length > 0) return antibiotics.every(isLocal) ? 'local' : 'systemic'
  if (ofClass(localOnly).length > 0) return 'local'
  if (ofClass(urinary).length > 0) return 'none'
  const unnamed = ofClass(unknown)
  if (unnamed.length === 0) return 'none'
  return unnamed.every(isLocal) ? 'local' : 'unknown'
}

/** The given medicines by name, each once; parts that together are a known combination are the combination. */
function ingredients(given: readonly Mention[], { classOf }: Named, { targets }: Words): readonly Mention[] {
  const named = given.filter((one) => classOf(one) !== unknown)
  const antibiotics = named.filter((one) => classOf(one) === antibiotic)
  const known = antibiotics.some(({ target }) => !isFamily(target))
  // "Other penicillin" says nothing beside an antibiotic with a name.
  const kept = onceEach(
    known ? named.filter((one) => !antibiotics.includes(one) || !isFamily(one.target)) : named,
  )
  if (kept.length < 2) return kept
  const names = kept.map(({ target }) => target)
  const parts = [...targets.keys()]
    .map((id) => ({ id, of: id.split('-') }))
    .find(({ of }) => of.length > 1 && of.every((part) => names.includes(part)))
  const [first] = kept.filter(({ target }) => parts?.of.includes(target))
  if (!parts || !first) return kept
  return [{ ...first, target: parts.id }, ...kept.filter(({ target }) => !parts.of.includes(target))]
}

const isFamily = (target: string): boolean => target.startsWith('other ')

const onceEach = (mentions: readonly Mention[]): readonly Mention[] =>
  mentions.filter(({ target }, at) => mentions.findIndex((one) => one.target === target) === at)

function readingOf(term: string, mention: Mention, { isLocal }: Named, value = mention.target): Reading {
  const { start, end, rule, why } = mention
  return {
    term,
    state: 'present',
    ...(value !== '' && { value }),
    ...(term === 'ingredient' && isLocal(mention) && { local: true }),
    start,
    end,
    rule,
    why,
  }
}

function coverReading(named: Named): Reading {
  const value = coverOf(named)
  const [first] = named.given
  return first ? readingOf('cover', first, named, value) : { term: 'cover', state: 'present', value }
}
