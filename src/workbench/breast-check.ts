import type { CodeableConcept, Observation } from 'fhir/r4.js'
import { readContent } from '../cards/content/load-content.js'
import { readYaml } from '../cards/content/yaml-file.js'
import { systemUrl, type SystemName } from '../terminology/code-systems.js'
import type { BreastCheck } from './breast-check-answers.js'

interface CodeEntry {
  system: SystemName
  code: string
  display: string
}

/** Finds the code of a set that an Observation is written with; undefined where no code is verified. */
export type CodeIn = (set: string, code?: string) => CodeEntry | undefined

/** Reads the codes from `cards/codes/`, so that Observations are written with the codes that the rules read. */
export function writtenCodes(cardsDir: string): CodeIn {
  const sets = new Map<string, readonly CodeEntry[]>(
    readContent(cardsDir).codes.flatMap((file) => {
      const { value } = readYaml(file) as {
        value: { sets?: Record<string, { codes?: readonly CodeEntry[] }> }
      }
      return Object.entries(value.sets ?? {}).map(([set, { codes = [] }]) => [set, codes] as const)
    }),
  )
  return (set, code) => sets.get(set)?.find((entry) => code === undefined || entry.code === code)
}

const sites = { left: '80248007', right: '73056007', both: '63762007' } as const
const observationCategory = 'http://terminology.hl7.org/CodeSystem/observation-category'
const ucum = 'http://unitsofmeasure.org'

/** The signs that a yes-or-no question asks about: the set that reads each, the code to write, and the words. */
const askedSigns = [
  ['lump', 'lump', '89164003', 'Breast lump'],
  ['fluctuance', 'fluctuance', undefined, 'Fluctuance of the breast'],
  ['peauDOrange', 'peau-d-orange', '87386002', "Peau d'orange of the breast"],
  ['thickening', 'skin-thickening', undefined, 'Skin thickening of the breast'],
  ['colourChange', 'colour-change', undefined, 'Breast skin darker, purple, brown or grey'],
  ['warmth', 'warmth', undefined, 'Warmth of the breast'],
  ['nippleRetraction', 'nipple-retraction', '271955004', 'Nipple retraction'],
] as const

const courseWords = { improved: 'improved', 'not-improved': 'not improved', worse: 'worse' } as const

/** Makes the Observations of one breast check. */
interface ObservationWriter {
  concept: (set: string, words: string, code?: string) => CodeableConcept
  value: (set: string, code: string) => CodeableConcept
  /** A yes or no as a coded value. */
  yesOrNo: (is: boolean) => Pick<Observation, 'valueCodeableConcept'>
  /** An Observation of now, without its value. */
  ofNow: (category: string, code: CodeableConcept) => Observation
  /** An Observation of the examined breast, with the period since the onset. */
  ofExam: (code: CodeableConcept, said: Partial<Observation>) => Observation
  /** The breast that was examined. */
  site: Pick<Observation, 'bodySite'>
}

function observationWriter(
  check: BreastCheck,
  patientId: string,
  at: number,
  codeIn: CodeIn,
): ObservationWriter {
  const now = new Date(at).toISOString()
  const concept: ObservationWriter['concept'] = (set, words, code) => {
    const entry = code === undefined ? undefined : codeIn(set, code)
    return { ...(entry && { coding: [coding(entry)] }), text: words }
  }
  const value: ObservationWriter['value'] = (set, code) =>
    concept(set, codeIn(set, code)?.display ?? code, code)
  const ofNow: ObservationWriter['ofNow'] = (category, code) => ({
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: observationCategory, code: category }] }],
    code,
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: now,
  })
  const site = { bodySite: value('breast-site', sites[check.side]) }
  const onset = check.onsetHours
  const when =
    onset === undefined || onset === 0
      ? { effectiveDateTime: now }
      : { effectivePeriod: { start: new Date(at - onset * 3_600_000).toISOString(), end: now } }
  return {
    concept,
    value,
    ofNow,
    site,
    yesOrNo: (is) => ({
      valueCodeableConcept: is ? value('present-value', '52101004') : value('absent-value', '2667000'),
    }),
    ofExam: (code, said) => {
      const { effectiveDateTime: _, ...rest } = ofNow('exam', code)
      return { ...rest, ...when, ...site, ...said }
    },
  }
}

/**
 * The breast check as coded Observations, one for each question that was answered.
 *
 * Shape:   codes of `cards/codes/`; where no code is verified the words that the rules read. The onset is the start of
 *          the period that a sign is recorded for.
 * Missing: a question without an answer writes nothing.
 * Source:  clinical 2.1 to 2.3, 2.8, 3.5.
 */
export function checkObservations(
  check: BreastCheck,
  patientId: string,
  at: number,
  codeIn: CodeIn,
): readonly Observation[] {
  const { concept, value, yesOrNo, ofNow, ofExam, site } = observationWriter(check, patientId, at, codeIn)
  const written: Observation[] = []
  if (check.feeding !== undefined)
    written.push({
      ...ofNow('social-history', concept('bf-status', 'Breastfeeding status', '63895-7')),
      valueCodeableConcept: check.feeding ? value('bf-yes', 'LA29252-6') : value('bf-no', 'LA29253-4'),
    })
  if (check.temperature !== undefined)
    written.push({
      ...ofNow('vital-signs', concept('temperature', 'Body temperature', '8310-5')),
      valueQuantity: { value: check.temperature, unit: '°C', system: ucum, code: 'Cel' },
    })
  if (check.pain !== undefined)
    written.push({
      ...ofNow('survey', concept('pain', 'Breast pain, 0 to 10', '72514-3')),
      ...site,
      valueQuantity: { value: check.pain, unit: '{score}', system: ucum, code: '{score}' },
    })
  if (check.rednessCm !== undefined) {
    const size = { value: check.rednessCm, unit: 'cm', system: ucum, code: 'cm' }
    const said = check.rednessCm === 0 ? yesOrNo(false) : { valueQuantity: size }
    written.push(ofExam(concept('erythema', 'Red breast', '290070001'), said))
  }
  for (const [question, set, code, words] of askedSigns) {
    const answer = check[question]
    if (answer !== undefined) written.push(ofExam(concept(set, words, code), yesOrNo(answer)))
  }
  if (check.course !== undefined)
    written.push({
      ...ofNow('exam', { text: 'Course of the breast since treatment began' }),
      ...site,
      valueString: courseWords[check.course],
    })
  return written
}

const coding = ({ system, code, display }: CodeEntry) => ({ system: systemUrl[system], code, display })
