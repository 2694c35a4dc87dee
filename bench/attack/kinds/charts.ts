import { Buffer } from 'node:buffer'
import type { FhirResource } from 'fhir/r4.js'
import { callsWith } from '../calls.js'
import { aCall, anExam, anOrder, at, clinicalWords, fill, longText, redBreast, subject } from '../charts.js'
import type { Kind } from '../kind.js'
import { signPath } from '../tokens.js'

/** A call may bring 2 MiB, but not 2 MiB of everything: what is refused at one size may be taken at another. */
const sizes = [2_000_000, 1_000_000, 500_000, 250_000] as const

/** A kind that sends the same chart in all sizes, in turn. */
const inSizes = (
  about: Pick<Kind, 'name' | 'sends'>,
  bodies: (bytes: number) => readonly Buffer[],
  path?: string,
): Kind => ({
  ...about,
  calls: 'accepted',
  run: (target, seconds) =>
    callsWith(target, sizes.flatMap(bodies), { seconds, ...(path !== undefined && { path }) }),
})

const drafts = inSizes(
  {
    name: 'many-drafts',
    sends: 'order-sign of up to 2 MB: thousands of drafts and thousands of examinations',
  },
  (bytes) => {
    const exams = fill(bytes / 2, (place) => anExam(place))
    const orders = fill(bytes / 2, (place) => anOrder(place))
    return [aCall({ prefetch: { breastSigns: exams }, drafts: orders })]
  },
  signPath,
)

const report = (place: number, results: readonly string[], more: object = {}): FhirResource => ({
  resourceType: 'DiagnosticReport',
  id: `report-${place}`,
  status: 'final',
  code: { text: 'Ultrasound of the left breast' },
  subject,
  effectiveDateTime: at(place),
  result: results.map((reference) => ({ reference })),
  ...more,
})

const sameObservations = inSizes(
  {
    name: 'same-observations',
    sends: 'reports of up to 1.4 MB that all point at the same twenty long Observations',
  },
  (bytes) => {
    const long = Array.from({ length: 20 }, (_, place) => anExam(place, { valueString: longText(20_000) }))
    const references = long.map(({ id = '' }) => `Observation/${id}`)
    const reports = fill(bytes / 2, (place) => report(place, references))
    return [aCall({ prefetch: { reports: [...reports, ...long] } })]
  },
)

const inOneAndInEach =
  (key: string, things: (amount: number) => object, bytesOfThing: number) => (bytes: number) => [
    aCall({ prefetch: { [key]: [anExam(1, things(Math.floor(bytes / bytesOfThing)))] } }),
    aCall({ prefetch: { [key]: fill(bytes, (place) => anExam(place, things(150))) } }),
    aCall({ prefetch: { [key]: fill(bytes, (place) => anExam(place, things(20))) } }),
  ]

const codings = inSizes(
  {
    name: 'many-codings',
    sends: 'up to 2 MB of codings: in one concept, and twenty or some hundred in each of many',
  },
  inOneAndInEach('breastSigns', (amount) => ({ code: { coding: new Array(amount).fill(redBreast) } }), 80),
)

const component = { code: { coding: [redBreast] }, valueQuantity: { value: 7, unit: '/10', code: '/10' } }
const components = inSizes(
  {
    name: 'many-components',
    sends: 'up to 2 MB of components: in one Observation, and some in each of many',
  },
  inOneAndInEach('vitalSigns', (amount) => ({ component: new Array(amount).fill(component) }), 160),
)

const notes = inSizes(
  {
    name: 'many-notes',
    sends: 'up to 2 MB of notes: ten thousands on one Observation, and some on each of many',
  },
  inOneAndInEach('breastSigns', (amount) => ({ note: new Array(amount).fill({ text: clinicalWords }) }), 90),
)

/** Texts of one sort that fill a call: words that are looked for, sentences without end, and letters that mean nothing. */
const textsOf = (letters: number): readonly string[] => [
  longText(letters),
  'no '.repeat(letters / 3),
  'left breast, '.repeat(letters / 13),
  'redness '.repeat(letters / 8),
  `${'a'.repeat(letters / 2)} breast ${'('.repeat(letters / 2)}`,
  '3.5 x 2 cm, 38.5 °C; '.repeat(letters / 22),
]

const longTexts = inSizes(
  {
    name: 'long-texts',
    sends:
      'up to 1.8 MB of text: values, notes, conclusions, attachments, reasons, problems, narratives, in turn',
  },
  (bytes) =>
    textsOf(bytes * 0.9).flatMap((text) => {
      const data = Buffer.from(text.slice(0, bytes * 0.6)).toString('base64')
      return [
        aCall({ prefetch: { breastSigns: [anExam(1, { valueString: text })] } }),
        aCall({ prefetch: { breastSigns: [anExam(1, { note: [{ text }] })] } }),
        aCall({ prefetch: { reports: [report(1, [], { conclusion: text })] } }),
        aCall({
          prefetch: { reports: [report(1, [], { presentedForm: [{ contentType: 'text/plain', data }] })] },
        }),
        aCall({
          prefetch: { medicationRequests: [anOrder(1, { status: 'active', reasonCode: [{ text }] })] },
        }),
        aCall({ prefetch: { conditions: [anExam(1, { resourceType: 'Condition', code: { text } })] } }),
        aCall({ prefetch: { breastSigns: [anExam(1, { text: { status: 'generated', div: text } })] } }),
      ]
    }),
)

const manyTexts = inSizes(
  {
    name: 'many-texts',
    sends: 'up to 2 MB of Observations and Conditions, each with some sentences of its own',
  },
  (bytes) => {
    const own = (place: number): string => `${place}. ${clinicalWords.repeat(3)} `
    const exams = fill(bytes, (place) => anExam(place, { valueString: own(place) }))
    const problems = fill(bytes, (place) =>
      anExam(place, { resourceType: 'Condition', code: { text: own(place) } }),
    )
    return [aCall({ prefetch: { breastSigns: exams } }), aCall({ prefetch: { conditions: problems } })]
  },
)

const resources = inSizes(
  {
    name: 'many-resources',
    sends: 'up to 2 MB of small resources: signs, orders, procedures, encounters, allergies, in turn',
  },
  (bytes) => {
    const filled = (key: string, resourceType: string): Buffer =>
      aCall({ prefetch: { [key]: fill(bytes, (place) => anExam(place, { resourceType })) } })
    const orders = fill(bytes, (place) => anOrder(place, { status: 'active' }))
    return [
      filled('vitalSigns', 'Observation'),
      filled('procedures', 'Procedure'),
      filled('encounters', 'Encounter'),
      filled('allergies', 'AllergyIntolerance'),
      aCall({ prefetch: { medicationRequests: orders } }),
    ]
  },
)

/** Charts within all limits of size that are costly to judge. */
export const charts: readonly Kind[] = [
  drafts,
  sameObservations,
  codings,
  components,
  notes,
  longTexts,
  manyTexts,
  resources,
]
