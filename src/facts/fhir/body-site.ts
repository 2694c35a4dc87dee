import type { CodeableConcept } from 'fhir/r4.js'
import type { CodeBook } from '../../terminology/code-book.js'
import type { Side } from '../../terminology/concepts.js'
import { conceptsOf, conceptWords } from './narrow.js'

/** The place on the body that a resource is about: the side, and whether the place is the breast. */
export interface BodyPlace {
  side: Side
  breast: boolean
  /** A body site is recorded that is neither the breast nor the nipple. */
  elsewhere: boolean
}

const breastSets: ReadonlySet<string> = new Set(['breast-site', 'skin-of-breast-site', 'nipple-site'])
const nowhere: BodyPlace = { side: 'unspecified', breast: false, elsewhere: false }
const sideSets: ReadonlySet<string> = new Set(['left', 'right', 'both'])
const sideWord = /left|right|both|bilateral/i
const sideAlone = /^\s*(?:left|right|both|bilateral)(?: side)?\s*$/i

const isCoded = (site: CodeableConcept, sets: ReadonlySet<string>, codes: CodeBook): boolean =>
  codes.codedSets(site).some(({ set }) => sets.has(set))

const isBreast = (site: CodeableConcept, codes: CodeBook): boolean =>
  codes.namesBreast(site) || isCoded(site, breastSets, codes)

/** Does a body site name only a side ("left")? Such a site is neither the breast nor elsewhere. */
const isSideOnly = (site: CodeableConcept, codes: CodeBook): boolean =>
  isCoded(site, sideSets, codes) || sideAlone.test(conceptWords(site))

const namesSide = (code: CodeableConcept | undefined): boolean =>
  code !== undefined &&
  ((code.text !== undefined && sideWord.test(code.text)) ||
    (code.coding?.some(({ display }) => display !== undefined && sideWord.test(display)) ?? false))

/**
 * Reads the place that a resource is about from its bodySite, its code and the words of its code (clinical 2.8).
 *
 * Shape: bodySite is one concept (Observation) or a list (Condition, orders).
 */
export function placeOf(bodySite: unknown, code: CodeableConcept | undefined, codes: CodeBook): BodyPlace {
  if (bodySite === undefined || bodySite === null) {
    return namesSide(code) ? { ...nowhere, side: codes.sideOf(undefined, conceptWords(code)) } : nowhere
  }
  const words = conceptWords(code)
  const sites = conceptsOf(bodySite)
  const breast = sites.some((site) => isBreast(site, codes))
  return {
    side: codes.sideOf(sites, words),
    breast,
    elsewhere: !breast && sites.length > 0 && !sites.every((site) => isSideOnly(site, codes)),
  }
}
