import type { CodeableConcept, Condition, Extension } from 'fhir/r4.js'
import { definitions, extensionUrls as urls } from './extensions.js'

const status = (name: string, code: string): CodeableConcept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${name}`, code }],
})

/** What every Condition of the check says beside its code. */
export const fixedInCondition: Pick<Condition, 'clinicalStatus' | 'verificationStatus'> & {
  category: CodeableConcept[]
} = {
  clinicalStatus: status('condition-clinical', 'active'),
  verificationStatus: status('condition-ver-status', 'confirmed'),
  category: [status('condition-category', 'problem-list-item')],
}

const value = (element: string, part: Omit<Extension, 'url'>, name: string): Extension => ({
  url: urls.definitionExtractValue,
  extension: [
    { url: 'definition', valueUri: `${definitions.condition}#Condition.${element}` },
    { url: name, ...part },
  ],
})

const fixed = (element: string, valueCodeableConcept: CodeableConcept): Extension =>
  value(element, { valueCodeableConcept }, 'fixed-value')

const expressed = (element: string, expression: string): Extension =>
  value(element, { valueExpression: { language: 'text/fhirpath', expression } }, 'expression')

/**
 * The extensions by which a system with SDC writes the Condition of a group: the same one that `extract.ts` writes.
 *
 * Source: https://hl7.org/fhir/uv/sdc/STU4/extraction.html#definition-extract
 */
export const conditionMarks: readonly Extension[] = [
  {
    url: urls.definitionExtract,
    extension: [{ url: 'definition', valueCanonical: definitions.condition }],
  },
  fixed('clinicalStatus', fixedInCondition.clinicalStatus as CodeableConcept),
  fixed('verificationStatus', fixedInCondition.verificationStatus as CodeableConcept),
  ...fixedInCondition.category.map((category) => fixed('category', category)),
  expressed('subject', '%resource.subject'),
  expressed('encounter', '%resource.encounter'),
  expressed('recordedDate', '%resource.authored'),
  expressed('recorder', '%resource.author'),
]
