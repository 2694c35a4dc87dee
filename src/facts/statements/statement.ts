import type { CodeableConcept } from 'fhir/r4.js'
import type { SetMatch } from '../../terminology/code-book.js'
import type { BodyPlace } from '../fhir/body-site.js'
import type { ResourceRef, Span } from '../facts.js'
import type { Fields } from '../fhir/narrow.js'

/**
 * One question and its answer: an Observation, or one of its components with the parent's time and place.
 *
 * Source: clinical 3.5
 */
export interface Statement {
  source: ResourceRef
  when: Span | undefined
  /** The start of the period that the Observation is about. */
  began?: Span
  /** The object that holds `value[x]`, dataAbsentReason and interpretation. */
  holder: Fields
  code: CodeableConcept | undefined
  sets: readonly SetMatch[]
  place: BodyPlace
  /** Does the code, the code of the parent, or the place name the breast? Worked out only when asked. */
  aboutBreast: () => boolean
  /** Does the statement come from an imaging examination, where some words mean something else? */
  imaging: () => boolean
  component: boolean
}

/** A question whose answer is worked out once, when the question is first asked. */
export function onceAsked(answer: () => boolean): () => boolean {
  let known: boolean | undefined
  return () => (known ??= answer())
}
