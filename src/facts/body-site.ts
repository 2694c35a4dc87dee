import type { CodeableConcept } from 'fhir/r4.js'
import type { CodeBook } from './code-book.js'
import type { Side } from './facts.js'
import { conceptsOf, wordsOf } from './narrow.js'

/** Where on the body a resource speaks of: the side, and whether it is the breast. */
export interface Place {
  side: Side
  breast: boolean
  /** A body site is recorded, and it is not the breast or nipple. */
  elsewhere: boolean
}

const breastSets = ['breast-site', 'skin-of-breast-site', 'nipple-site'] as const
const nowhere: Place = { side: 'unspecified', breast: false, elsewhere: false }
const sideSets = ['left', 'right', 'both'] as const
const sideWord = /left|right|both|bilateral/i
const sideAlone = /^\s*(?:left|right|both|bilateral)(?: side)?\s*$/i

const isBreast = (site: CodeableConcept, codes: CodeBook): boolean =>
  codes.namesBreast(site) || breastSets.some((set) => codes.conceptIn(set, site))

/** A site that only says the side ("left") is neither the breast nor elsewhere. */
const isSideOnly = (site: CodeableConcept, codes: CodeBook): boolean =>
  sideSets.some((set) => codes.conceptIn(set, site)) || sideAlone.test(wordsOf(site))

const namesSide = (code: CodeableConcept | undefined): boolean =>
  code !== undefined &&
  ((code.text !== undefined && sideWord.test(code.text)) ||
    (code.coding?.some(({ display }) => display !== undefined && sideWord.test(display)) ?? false))

/**
 * Reads the place a resource speaks of from its bodySite, its code and the words of its code (clinical 2.8).
 *
 * Shape: bodySite may be one concept (Observation) or a list (Condition, orders).
 */
export function placeOf(bodySite: unknown, code: CodeableConcept | undefined, codes: CodeBook): Place {
  if (bodySite === undefined || bodySite === null) {
    return namesSide(code) ? { ...nowhere, side: codes.sideOf(undefined, wordsOf(code)) } : nowhere
  }
  const words = wordsOf(code)
  const sites = conceptsOf(bodySite)
  const breast = sites.some((site) => isBreast(site, codes))
  return {
    side: codes.sideOf(sites, words),
    breast,
    elsewhere: !breast && sites.length > 0 && !sites.every((site) => isSideOnly(site, codes)),
  }
}
