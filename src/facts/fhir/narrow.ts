import type { CodeableConcept, Coding } from 'fhir/r4.js'
import { budgets } from '../../protocol/limits.js'

/** A JSON object whose members may have any type: a resource before its fields are narrowed. */
export type Fields = Readonly<Record<string, unknown>>

/** The value as an object with fields; undefined for arrays, null and primitives. */
export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

const none: readonly unknown[] = []

/** The elements of an array; a lone object that stands where an array belongs is its one element. */
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

/** The value as a finite number; undefined for a number that is written as a string. */
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** Is the value neither undefined nor null? */
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

/** The text members of a Coding, each kept only if it is a string. */
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
 * The value as a CodeableConcept whose members have the right types.
 *
 * Shape:   a well-formed concept is returned as it is; of a malformed one the readable members are kept.
 * Missing: undefined for a value without any readable member. Of very many codings only the first ones are kept.
 */
export function conceptOf(value: unknown): CodeableConcept | undefined {
  const fields = fieldsOf(value)
  if (!fields) return undefined
  const { coding: given } = fields
  const tooMany = Array.isArray(given) && given.length > budgets.codings.most
  if (!tooMany && isConcept(fields)) return fields
  const first = tooMany ? given.slice(0, budgets.codings.most) : given
  const coding = objectsOf(first).flatMap((entry) => codingOf(entry) ?? [])
  const text = textMember('text', fields['text'])
  return coding.length === 0 && text.text === undefined ? undefined : { coding, ...text }
}

/** All concepts of a list; a lone concept that stands where a list belongs counts as a list of one. */
export const conceptsOf = (value: unknown): readonly CodeableConcept[] =>
  isGiven(value) ? elementsOf(value).flatMap((entry) => conceptOf(entry) ?? []) : []

/** The texts of a concept: its text, then the displays. */
export const conceptTexts = (concept: CodeableConcept | undefined): readonly string[] =>
  [concept?.text, ...(concept?.coding ?? []).map(({ display }) => display)].flatMap((text) =>
    text === undefined || text === '' ? [] : [text],
  )

/** Does a concept have a word or a code? */
export const saysSomething = (concept: CodeableConcept): boolean =>
  conceptWords(concept).trim() !== '' ||
  (concept.coding ?? []).some(({ code }) => code !== undefined && code !== '')

/** Every word of a concept: its text, then the displays. */
export function conceptWords(concept: CodeableConcept | undefined): string {
  if (!concept) return ''
  let words = concept.text ?? ''
  for (const { display } of concept.coding ?? []) {
    if (display !== undefined) words = words === '' ? display : `${words}; ${display}`
  }
  return words
}

/** The reference string of a Reference. */
export const referenceOf = (value: unknown): string | undefined => stringOf(fieldsOf(value)?.['reference'])
