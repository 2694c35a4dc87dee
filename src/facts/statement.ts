import type { CodeableConcept } from 'fhir/r4.js'
import type { SetMatch } from './code-book.js'
import type { Place } from './body-site.js'
import type { ResourceRef, Span } from './facts.js'
import type { Fields } from './narrow.js'

/**
 * One question and its answer: an Observation, or one of its components with the parent's time and place.
 *
 * Source: clinical 3.5
 */
export interface Statement {
  source: ResourceRef
  when: Span | undefined
  /** Where `value[x]`, dataAbsentReason and interpretation stand. */
  holder: Fields
  code: CodeableConcept | undefined
  sets: readonly SetMatch[]
  place: Place
  /** The code or its parent's code names the breast, or the place is one. Asked only where it matters. */
  aboutBreast: () => boolean
  /** It comes from an imaging examination, where some words mean something else. */
  imaging: () => boolean
  component: boolean
}
