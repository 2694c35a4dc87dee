import type { ConditionSet } from '../../src/terminology/concepts.js'
import type {
  BiopsyResult,
  BirthFact,
  CareItem,
  CultureResult,
  DraftOrder,
  Facts,
  ImagingResult,
  LactationStatement,
  Measure,
  Medicine,
  Problem,
  Sign,
  Span,
  Unreadable,
} from '../../src/facts/facts.js'
import type { ReadKey } from '../../src/gather/chart.js'
import { readKeys } from '../../src/gather/chart.js'
import type { Parameters } from '../../src/assess/parameters.js'
import { timelineOf, type Timeline } from '../../src/assess/timeline.js'
import type { Instant } from '../../src/units/units.js'

/** The clock of every table in test/assess. */
export const now: Instant = Date.parse('2026-03-03T09:00:00Z')

const hourMs = 3_600_000

/** A moment as a span whose ends are equal. */
export const at = (instant: Instant): Span => ({ earliest: instant, latest: instant })
export const minutesAgo = (minutes: number): Span => at(now - minutes * 60_000)
export const hoursAgo = (hours: number): Span => at(now - hours * hourMs)
export const daysAgo = (days: number): Span => at(now - days * 24 * hourMs)
/** A whole calendar day in UTC: `onDay('2026-03-01')`. */
export const onDay = (day: string): Span => ({
  earliest: Date.parse(`${day}T00:00:00Z`),
  latest: Date.parse(`${day}T23:59:59.999Z`),
})

/** A month that began long before the tables' clock and ends after it. */
export const thisMonth: Span = { earliest: now - 609 * hourMs, latest: now + 111 * hourMs }

export const left = { side: 'left' } as const
export const right = { side: 'right' } as const
export const both = { side: 'both' } as const
/** A procedure that was done, of a care item. */
export const done = { kind: 'procedure', status: 'completed' } as const

const allRead = Object.fromEntries(readKeys.map((key) => [key, { state: 'read' }])) as Facts['reads']

/** Facts where everything was read and nothing is recorded, but for what the test says. */
export const factsOf = (given: Partial<Facts> = {}): Facts => ({
  patient: { source: 'Patient/p', gender: 'female', birth: onDay('1996-01-01'), deceased: false },
  reads: allRead,
  lactation: [],
  births: [],
  pregnancy: [],
  measures: [],
  signs: [],
  course: [],
  problems: [],
  medicines: [],
  care: [],
  results: [],
  allergies: [],
  encounters: [],
  drafts: [],
  unreadable: [],
  texts: [],
  earlier: [],
  droppedForeign: 0,
  ...given,
})

/** All keys read except these: `factsOf({ reads: unread('conditions') })`. */
export const unread = (...keys: readonly ReadKey[]): Facts['reads'] => ({
  ...allRead,
  ...Object.fromEntries(keys.map((key) => [key, { state: 'unreadable', why: 'timeout' }])),
})

/** The defaults of clinical section 9. */
const defaults: Parameters = {
  'gate.minAgeYears': 10,
  'gate.maxInferAgeYears': 60,
  'lactation.statusMaxAgeDays': 180,
  'lactation.postpartumDays': 84,
  'lactation.dischargeStatusDays': 42,
  'loss.days': 180,
  'loss.minWeeks': 14,
  'time.defaultZone': 'UTC',
  'time.futureSkewMinutes': 15,
  'fever.threshold': 38.0,
  'engorgement.days': 10,
  'engorgement.feverLimit': 38.5,
  'currency.signHours': 72,
  'currency.skinSignDays': 30,
  'currency.resultDays': 30,
  'dx.currentDays': 14,
  'episode.maxDays': 90,
  'episode.gapDays': 7,
  'recurrence.days': 90,
  'antibiotic.gapHours': 24,
  'antibiotic.openEndDays': 14,
  'antibiotic.completedDays': 10,
  'antibiotic.durationText': '10–14 days, by local policy',
  'mrsa.days': 365,
  'response.dueHours': 48,
  'response.lateHours': 72,
  'response.evaluateFromHours': 36,
  'response.worseFromHours': 12,
  'ibc.anyCoverHours': 168,
  'ibc.persistDays': 7,
  'ibc.afebrileDays': 14,
  'ibc.acuteHours': 48,
  'ibc.imagingOpenDays': 180,
  'drainage.recheckHours': 48,
  'imaging.rescanHours': 48,
  'lump.days': 14,
  'otherInfection.days': 14,
  'sepsis.enabled': true,
  'sepsis.source': 'CMQCC Obstetric Sepsis Toolkit update (2024)',
  'sepsis.windowHours': 24,
  'sepsis.pairHours': 2,
  'sepsis.repeatMinutes': 15,
  'sepsis.tempHigh': 38.0,
  'sepsis.tempLow': 36.0,
  'sepsis.heartRate': 110,
  'sepsis.respiratoryRate': 24,
  'sepsis.wbcHigh': 15,
  'sepsis.wbcLow': 4,
  'sepsis.wbcAfterBirthHours': 48,
  'sepsis.sbp': 90,
  'sepsis.map': 65,
  'sepsis.spo2': 92,
  'sepsis.lactate': 2.0,
  'sepsis.creatinine': 1.2,
  'sepsis.platelets': 100,
  'sepsis.bilirubin': 2.0,
  'sepsis.inr': 1.5,
  'sepsis.diagnosisDays': 7,
  'suppressant.safetyDays': 42,
  'suppressant.sbp': 140,
  'drug.tmpSmxInfantDays': 30,
  'cards.max': 5,
  'cards.maxLines': 12,
  'cards.repeatMinutes': 0,
  'cards.overrideInfoDays': 7,
  'cards.overrideWarningHours': 72,
  'cards.overrideCriticalHours': 24,
  'cards.overrideSepsisHours': 6,
  'orders.suppressDays': 14,
  'orders.intent': 'proposal',
  'milkRemoval.style': 'physiologic',
  'drainage.firstLine': 'aspiration',
  'culture.onFailure': true,
  'hiv.text':
    'Individual plan with the HIV and infant teams; mastitis can raise the viral load in milk; guidance differs between countries.',
  'loss.url': 'https://cds.example.org/evidence/after-loss',
  'policy.url': 'https://cds.example.org/evidence/charter',
  'codes.allowUnverified': false,
}

export const parametersOf = (given: Partial<Parameters> = {}): Parameters => ({ ...defaults, ...given })

/** The timeline of these facts; without a clock, at the clock of the tables. */
export const timelineFor = (
  facts: Partial<Facts> = {},
  parameters: Partial<Parameters> = {},
  clock: Instant = now,
): Timeline => timelineOf({ facts: factsOf(facts), parameters: parametersOf(parameters), now: clock })

export const problem = (
  set: ConditionSet | readonly ConditionSet[],
  given: Partial<Problem> = {},
): Problem => ({
  source: `Condition/${String(set)}`,
  fromText: false,
  sets: typeof set === 'string' ? [set] : set,
  active: true,
  side: 'unspecified',
  remission: false,
  ...given,
})

/** A problem that began then; `when` and `onset` agree. */
export const problemSince = (
  set: ConditionSet | readonly ConditionSet[],
  when: Span,
  given: Partial<Problem> = {},
): Problem => problem(set, { when, onset: when, ...given })

export const measure = (
  kind: Measure['kind'],
  value: number,
  when: Span,
  given: Partial<Measure> = {},
): Measure => ({
  source: `Observation/${kind}-${when.latest}`,
  fromText: false,
  kind,
  value,
  when,
  side: 'unspecified',
  ...given,
})

export const sign = (name: Sign['sign'], when: Span, given: Partial<Sign> = {}): Sign => ({
  source: `Observation/${name}-${when.latest}`,
  fromText: false,
  sign: name,
  state: 'present',
  when,
  side: 'unspecified',
  possible: false,
  focal: false,
  spreading: false,
  ...given,
})

/** A sign of the left breast, so many hours ago. */
export const seen = (name: Sign['sign'], hours: number, given: Partial<Sign> = {}): Sign =>
  sign(name, hoursAgo(hours), { ...left, ...given })

/** A temperature so many hours ago. */
export const temperature = (value: number, hours: number): Measure =>
  measure('temperature', value, hoursAgo(hours))

/** An active order of one medicine, open-ended. */
export const order = (ingredient: string, start: Span, given: Partial<Medicine> = {}): Medicine => ({
  source: `MedicationRequest/${ingredient}`,
  fromText: false,
  kind: 'request',
  ingredients: [ingredient],
  cover: 'none',
  mrsa: 'inactive',
  sets: [],
  status: 'active',
  reason: 'none',
  when: start,
  start,
  singleInstant: false,
  ...given,
})

/** An active order of an appropriate antibiotic for the breast. */
export const antibiotic = (start: Span, given: Partial<Medicine> = {}): Medicine =>
  order('dicloxacillin', start, { cover: 'appropriate', reason: 'breast', ...given })

export const statement = (
  says: LactationStatement['says'],
  when: Span,
  given: Partial<LactationStatement> = {},
): LactationStatement => ({
  source: `Observation/lactation-${says}-${when.latest}`,
  fromText: false,
  says,
  when,
  discharge: false,
  ...given,
})

export const birth = (kind: BirthFact['kind'], when?: Span, given: Partial<BirthFact> = {}): BirthFact => ({
  source: `Condition/${kind}`,
  fromText: false,
  kind,
  ...(when && { when }),
  ...given,
})

export const ultrasoundResult = (
  reading: ImagingResult['reading'],
  when: Span,
  given: Partial<ImagingResult> = {},
): ImagingResult => ({
  source: `DiagnosticReport/${reading}`,
  fromText: false,
  result: 'imaging',
  modality: 'ultrasound',
  reading,
  malignantText: false,
  when,
  side: 'unspecified',
  ...given,
})

/** A biopsy of the left breast. */
export const biopsyResult = (
  reading: BiopsyResult['reading'],
  when: Span,
  given: Partial<BiopsyResult> = {},
): BiopsyResult => ({
  source: 'DiagnosticReport/biopsy',
  fromText: false,
  result: 'biopsy',
  tissue: 'breast',
  reading,
  when,
  ...left,
  ...given,
})

/** A biopsy of the skin of the left breast, so many hours ago. */
export const skinBiopsy = (
  reading: BiopsyResult['reading'],
  hours: number,
  given: Partial<BiopsyResult> = {},
): BiopsyResult => biopsyResult(reading, hoursAgo(hours), { tissue: 'skin', ...given })

export const culture = (when: Span, given: Partial<CultureResult> = {}): CultureResult => ({
  source: 'DiagnosticReport/culture',
  fromText: false,
  result: 'culture',
  positive: true,
  susceptibilities: [],
  when,
  side: 'unspecified',
  ...given,
})

export const care = (need: CareItem['need'], when: Span, given: Partial<CareItem> = {}): CareItem => ({
  source: `ServiceRequest/${need}`,
  fromText: false,
  need,
  kind: 'order',
  status: 'active',
  when,
  side: 'unspecified',
  ...given,
})

/** A draft that is evaluated and asks for nothing yet. */
export const draft = (given: Partial<DraftOrder> = {}): DraftOrder => ({
  source: 'MedicationRequest/draft',
  resourceType: 'MedicationRequest',
  evaluated: true,
  needs: [],
  stopsFeeding: false,
  breastReason: false,
  side: 'unspecified',
  ...given,
})

export const medicineDraft = (
  medicine: Partial<NonNullable<DraftOrder['medicine']>>,
  given: Partial<DraftOrder> = {},
): DraftOrder =>
  draft({
    medicine: { ingredients: [], cover: 'none', mrsa: 'inactive', sets: [], reason: 'none', ...medicine },
    ...given,
  })

export const unreadable = (
  subject: Unreadable['subject'],
  why: string,
  given: Partial<Unreadable> = {},
): Unreadable => ({ source: `Observation/unreadable-${subject}`, fromText: false, subject, why, ...given })
