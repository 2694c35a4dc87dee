import type { CodeableConcept, FhirResource, Observation } from 'fhir/r4.js'
import { ChartBuilder, concept, no, site, storyTime, words, yes } from '../patients/chart-builder.js'
import type {
  PatientPlan,
  PlannedAntibiotic,
  PlannedDiagnosis,
  PlannedSide,
  PlannedSign,
  PlannedTemperature,
  PlannedVital,
  Written,
} from './patient-plan.js'

const instantAgo = (hours: number): string => new Date(storyTime - hours * 3_600_000).toISOString()

const lengths = { instant: 24, day: 10, month: 7 } as const

/** A date so many hours ago as it was written down; undefined when it was not. */
export function writtenDate(hoursAgo: number, written: Written): string | undefined {
  if (written === 'undated') return undefined
  if (written === 'malformed') return '2026-02-31T25:00:00Z'
  return instantAgo(hoursAgo).slice(0, lengths[written])
}

const diagnoses: Record<PlannedDiagnosis['kind'], CodeableConcept> = {
  lactational: concept('icd', 'O91.23', 'Nonpurulent mastitis associated with lactation'),
  puerperal: concept('sct', '78697003', 'Nonpurulent mastitis associated with childbirth'),
  unspecified: concept('icd', 'N61.0', 'Mastitis without abscess'),
  nonlactational: concept('sct', '83620003', 'Nonpuerperal mastitis'),
  abscess: concept('icd', 'O91.13', 'Abscess of breast associated with lactation'),
  engorgement: concept('sct', '200420005', 'Breast engorgement'),
  'blocked-duct': words('blocked milk duct, plugged duct'),
}

const signCodes: Record<PlannedSign['kind'], CodeableConcept> = {
  pain: concept('sct', '53430007', 'Breast pain'),
  redness: concept('sct', '290070001', 'Red breast'),
  lump: concept('sct', '89164003', 'Breast lump'),
  'peau-d-orange': concept('sct', '87386002', "Peau d'orange surface of breast"),
  'nipple-retraction': concept('sct', '271955004', 'Nipple retraction'),
  'bloody-discharge': concept('sct', '290113009', 'Bloody nipple discharge'),
  swelling: words('Breast swelling'),
}

const medicines: Record<PlannedAntibiotic['drug'], CodeableConcept> = {
  dicloxacillin: concept('rx', '3356', 'Dicloxacillin'),
  cephalexin: concept('rx', '309114', 'cephalexin 500 MG Oral Capsule'),
  amoxicillin: concept('rx', '723', 'Amoxicillin'),
  clindamycin: concept('rx', '2582', 'Clindamycin'),
}

const notObtained: Partial<Observation> = {
  dataAbsentReason: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'not-performed' }],
  },
}

const ucum = 'http://unitsofmeasure.org'
const quantity = (value: number, unit: string): Partial<Observation> => ({
  valueQuantity: { value, unit, system: ucum, code: unit },
})

const answers: Record<PlannedSign['says'], Partial<Observation>> = {
  present: { valueCodeableConcept: yes },
  absent: { valueCodeableConcept: no },
  unknown: { valueCodeableConcept: concept('sct', '261665006', 'Unknown') },
  'not-obtained': notObtained,
  unreadable: { valueCodeableConcept: concept('sct', '19892000', 'Scale') },
  large: quantity(9, 'cm'),
  severe: { valueCodeableConcept: concept('sct', '24484000', 'Severe') },
  prose: { valueString: 'yes, worse than yesterday' },
}

function addSign(chart: ChartBuilder, { kind, says, side, hoursAgo, written }: PlannedSign): void {
  chart.observation(signCodes[kind], writtenDate(hoursAgo, written), {
    bodySite: site(side),
    ...answers[says],
  })
}

function addTemperature(chart: ChartBuilder, { celsius, unit, hoursAgo, written }: PlannedTemperature): void {
  const value = unit === '[degF]' ? (celsius * 9) / 5 + 32 : unit === 'K' ? celsius + 273.15 : celsius
  const rest = unit === 'none' ? { valueQuantity: { value } } : quantity(value, unit)
  const code = concept('ln', '8310-5', 'Body temperature')
  chart.observation(code, writtenDate(hoursAgo, written), rest, 'vital-signs')
}

const vitals: Record<
  PlannedVital['kind'],
  { code: string; display: string; values: readonly [number, number]; unit: string; category: string }
> = {
  'heart-rate': {
    code: '8867-4',
    display: 'Heart rate',
    values: [84, 124],
    unit: '/min',
    category: 'vital-signs',
  },
  'respiratory-rate': {
    code: '9279-1',
    display: 'Respiratory rate',
    values: [14, 28],
    unit: '/min',
    category: 'vital-signs',
  },
  systolic: {
    code: '8480-6',
    display: 'Systolic blood pressure',
    values: [86, 118],
    unit: 'mm[Hg]',
    category: 'vital-signs',
  },
  lactate: { code: '2524-7', display: 'Lactate', values: [1.2, 3.1], unit: 'mmol/L', category: 'laboratory' },
  'white-cells': {
    code: '6690-2',
    display: 'Leukocytes',
    values: [9, 17],
    unit: '10*9/L',
    category: 'laboratory',
  },
}

function addVital(chart: ChartBuilder, { kind, high, hoursAgo, unit: right }: PlannedVital): void {
  const { code, display, values, unit, category } = vitals[kind]
  const value = values[high ? 1 : 0]
  chart.quantity(
    concept('ln', code, display),
    instantAgo(hoursAgo),
    value,
    right === 'right' ? unit : 'Hz',
    category,
  )
}

function addAntibiotic(
  chart: ChartBuilder,
  { drug, kind, hoursAgo, written, status, reason }: PlannedAntibiotic,
): void {
  const medicine = medicines[drug]
  const at = writtenDate(hoursAgo, written)
  const why = reason === 'none' ? {} : { reasonCode: [words(reason === 'breast' ? 'mastitis' : 'cystitis')] }
  if (kind === 'order') {
    const order = chart.medicationRequest(medicine, at ?? '', { status, ...why })
    if (at === undefined) delete order.authoredOn
    return
  }
  const start = at === undefined ? {} : { start: at }
  const taken = status === 'active' || status === 'completed' ? status : 'entered-in-error'
  if (kind === 'statement') {
    chart.statement(medicine, '', { status: taken, effectivePeriod: start, ...why })
  } else {
    const given = taken === 'active' ? 'in-progress' : taken
    chart.administration(medicine, '', { status: given, effectiveDateTime: at ?? '' })
  }
}

function addDiagnosis(chart: ChartBuilder, { kind, side, hoursAgo, written, state }: PlannedDiagnosis): void {
  const condition = chart.condition(diagnoses[kind], writtenDate(hoursAgo, written), {
    bodySite: [site(side)],
  })
  if (state === 'resolved') chart.resolved(condition, instantAgo(0))
  if (state === 'entered-in-error') {
    condition.verificationStatus = {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
          code: 'entered-in-error',
        },
      ],
    }
  }
}

const lactationAnswers = {
  yes: { valueCodeableConcept: concept('ln', 'LA29252-6', 'Currently breastfeeding') },
  no: { valueCodeableConcept: concept('ln', 'LA29253-4', 'Not currently breastfeeding') },
  unknown: { valueCodeableConcept: concept('ln', 'LA4489-6', 'Unknown') },
  'not-obtained': notObtained,
  unreadable: { valueCodeableConcept: concept('ln', 'LA46-8', 'Other') },
} as const

function addLactationAndBirth(chart: ChartBuilder, { lactation, birth, pregnant }: PatientPlan): void {
  if (lactation) {
    chart.observation(
      concept('ln', '63895-7', 'Breastfeeding status'),
      instantAgo(lactation.daysAgo * 24),
      lactationAnswers[lactation.says],
      'social-history',
    )
  }
  if (birth) {
    const at = writtenDate(birth.daysAgo * 24, birth.written)
    if (birth.kind === 'last-live-birth') {
      const value = at === undefined ? {} : { valueDateTime: at }
      chart.observation(
        concept('ln', '68499-3', 'Date last live birth'),
        instantAgo(0),
        value,
        'social-history',
      )
    } else {
      const code = { living: 'Z37.0', stillbirth: 'Z37.1', 'one-of-two-living': 'Z37.3' }[birth.kind]
      chart.condition(concept('icd', code, 'Outcome of delivery'), at)
    }
  }
  if (pregnant) {
    chart.observation(
      concept('ln', '82810-3', 'Pregnancy status'),
      instantAgo(1),
      { valueCodeableConcept: concept('sct', '77386006', 'Pregnant') },
      'social-history',
    )
  }
}

const rowConditions: Record<Exclude<PatientPlan['milkRow'], 'methotrexate' | undefined>, CodeableConcept> = {
  HTLV: concept('icd', 'Z22.6', 'Carrier of human T-lymphotropic virus type-1'),
  Ebola: concept('icd', 'A98.4', 'Ebola virus disease'),
  galactosemia: words('Infant with classic galactosemia'),
  brucellosis: concept('icd', 'A23.9', 'Brucellosis'),
  herpes: words('herpes lesions on the left breast'),
  cocaine: concept('icd', 'F14.20', 'Cocaine dependence'),
  tuberculosis: concept('icd', 'A15.0', 'Tuberculosis of lung'),
  HIV: concept('icd', 'B20', 'HIV disease'),
  preterm: words('preterm infant'),
}

function addMilkRow(chart: ChartBuilder, { milkRow }: PatientPlan): void {
  if (milkRow === undefined) return
  if (milkRow === 'methotrexate') {
    chart.medicationRequest(concept('rx', '6851', 'Methotrexate'), instantAgo(48))
  } else {
    chart.condition(rowConditions[milkRow], instantAgo(72))
  }
}

function addCare(chart: ChartBuilder, { care, careHoursAgo, scan }: PatientPlan): void {
  if (scan) chart.ultrasound(instantAgo(scan.hoursAgo), scan.says, scan.side)
  const at = instantAgo(careHoursAgo)
  const ultrasound = concept('sct', '47079000', 'Ultrasonography of breast')
  const biopsy = concept('sct', '240977001', 'Biopsy of skin')
  const skin = [site('left')]
  if (care === 'ultrasound-ordered') chart.serviceRequest(ultrasound, at)
  if (care === 'ultrasound-revoked') chart.serviceRequest(ultrasound, at, { status: 'revoked' })
  if (care === 'biopsy-ordered') chart.serviceRequest(biopsy, at, { bodySite: skin })
  if (care === 'biopsy-benign') chart.report(concept('sct', '44578009', 'Core biopsy'), at, 'Benign tissue.')
  if (care === 'referred') chart.serviceRequest(concept('sct', '306300002', 'Referral to breast surgeon'), at)
  if (care === 'drained') chart.procedure(words('aspiration of breast abscess'), at)
}

/** The resources of a planned patient, as an EHR would hold them. */
export function plannedChart(plan: PatientPlan): readonly FhirResource[] {
  const born = plan.age === undefined ? undefined : `${2026 - plan.age}-01-01`
  const chart = new ChartBuilder('zz-planned')
  const [patient] = chart.resources
  if (patient?.resourceType === 'Patient') {
    delete patient.birthDate
    delete patient.gender
    if (born !== undefined) patient.birthDate = born
    if (plan.gender !== undefined) patient.gender = plan.gender
  }
  addLactationAndBirth(chart, plan)
  addMilkRow(chart, plan)
  if (plan.knownIbc)
    chart.condition(concept('sct', '254840009', 'Inflammatory carcinoma of breast'), instantAgo(900))
  for (const diagnosis of plan.diagnoses) addDiagnosis(chart, diagnosis)
  for (const sign of plan.signs) addSign(chart, sign)
  for (const { text, hoursAgo } of plan.prose) chart.examNote(text, instantAgo(hoursAgo))
  for (const temperature of plan.temperatures) addTemperature(chart, temperature)
  for (const vital of plan.vitals) addVital(chart, vital)
  for (const antibiotic of plan.antibiotics) addAntibiotic(chart, antibiotic)
  addCare(chart, plan)
  return chart.resources
}

export type { PlannedSide }
