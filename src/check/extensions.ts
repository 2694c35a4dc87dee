import type { Extension } from 'fhir/r4.js'

const core = 'http://hl7.org/fhir/StructureDefinition'
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition'

/**
 * The addresses of the extensions of a Questionnaire that this service writes and reads.
 *
 * Source: https://hl7.org/fhir/R4/questionnaire-profiles.html, https://hl7.org/fhir/uv/sdc/STU4/extraction.html
 */
export const extensionUrls = {
  itemControl: `${core}/questionnaire-itemControl`,
  unit: `${core}/questionnaire-unit`,
  unitOption: `${core}/questionnaire-unitOption`,
  minValue: `${core}/minValue`,
  maxValue: `${core}/maxValue`,
  ordinalValue: `${core}/ordinalValue`,
  minQuantity: `${sdc}/sdc-questionnaire-minQuantity`,
  maxQuantity: `${sdc}/sdc-questionnaire-maxQuantity`,
  observationExtract: `${sdc}/sdc-questionnaire-observationExtract`,
  observationCategory: `${sdc}/sdc-questionnaire-observation-extract-category`,
  definitionExtract: `${sdc}/sdc-questionnaire-definitionExtract`,
  definitionExtractValue: `${sdc}/sdc-questionnaire-definitionExtractValue`,
} as const

type Extended = { extension?: readonly Extension[] | undefined } | undefined

/** The first extension of an element with this address. */
export const extensionOf = (element: Extended, url: string): Extension | undefined =>
  element?.extension?.find((one) => one.url === url)

/** All extensions of an element with this address. */
export const extensionsOf = (element: Extended, url: string): readonly Extension[] =>
  (element?.extension ?? []).filter((one) => one.url === url)

const resource = 'http://hl7.org/fhir/StructureDefinition'

/** The addresses of the elements that items of the check fill. */
export const definitions = {
  condition: `${resource}/Condition`,
  conditionCode: `${resource}/Condition#Condition.code`,
  onset: `${resource}/Observation#Observation.effective[x]`,
  site: `${resource}/Observation#Observation.bodySite`,
} as const
