import type { CodeableConcept, Coding } from 'fhir/r4.js'

/** A JSON object whose members may be anything: what a resource is until its fields are narrowed. */
export type Fields = Readonly<Record<string, unknown>>

/** The value as an object with fields; arrays, null and primitives are none. */
export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

const none: readonly unknown[] = []

/** The elements of an array; a lone object where an array belongs counts as its one element. */
export const elementsOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value
  return fieldsOf(value) ? [value] : none
}

/** The elements that are objects, in order. */
export const objectsOf = (value: unknown): readonly Fields[] =>
  elementsOf(value).filter((element): element is Fields => fieldsOf(element) !== undefined)

/** The value as a string that is not blank. */
export const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

/** The value as a finite number; numbers written as strings are none. */
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** Is there anything at all: neither absent nor null? */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const isCoding = (value: unknown): value is Coding => {
  const coding = fieldsOf(value)
  return (
    coding !== undefined && isText(coding['system']) && isText(coding['code']) && isText(coding['display'])
  )
}

const isConcept = (fields: Fields): boolean =>
  isText(fields['text']) &&
  (fields['coding'] === undefined || (Array.isArray(fields['coding']) && fields['coding'].every(isCoding)))

const textMember = <Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> =>
  typeof value === 'string' ? ({ [name]: value } as Record<Name, string>) : {}

/** One coding with its three text members, whatever else stood there. */
export const codingOf = (value: unknown): Coding | undefined => {
  if (isCoding(value)) return value
  const fields = fieldsOf(value)
  return (
    fields && {
      ...textMember('system', fields['system']),
      ...textMember('code', fields['code']),
      ...textMember('display', fields['display']),
    }
  )
}

/**
 * The value as a concept whose members have the right types.
 *
 * Shape:   a well-formed concept is returned as it is, not copied; of another, the readable members are kept.
 * Missing: no object, or nothing readable in it, is no concept.
 */
export function conceptOf(value: unknown): CodeableConcept | undefined {
  const fields = fieldsOf(value)
  if (!fields) return undefined
  if (isConcept(fields)) return fields
  const coding = objectsOf(fields['coding']).flatMap((entry) => codingOf(entry) ?? [])
  const text = textMember('text', fields['text'])
  return coding.length === 0 && text.text === undefined ? undefined : { coding, ...text }
}

/** All concepts of a list (or the one that stands where a list belongs). */
export const conceptsOf = (value: unknown): readonly CodeableConcept[] =>
  isGiven(value) ? elementsOf(value).flatMap((entry) => conceptOf(entry) ?? []) : []

/** Every word of a concept: its text, then the displays. */
export function wordsOf(concept: CodeableConcept | undefined): string {
  if (!concept) return ''
  let words = concept.text ?? ''
  for (const { display } of concept.coding ?? []) {
    if (display !== undefined) words = words === '' ? display : `${words}; ${display}`
  }
  return words
}

/** The reference string of a Reference. */
export const referenceOf = (value: unknown): string | undefined => stringOf(fieldsOf(value)?.['reference'])
