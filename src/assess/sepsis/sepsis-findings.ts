import type { FindingDefinition } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { currentSource, oldSource } from './breast-source.js'
import type { SepsisScreen } from './sepsis-screen.js'

const screenBasis = {
  facts: ['measures', 'signs', 'problems', 'births', 'medicines', 'encounters', 'reads', 'unreadable'],
  sets: [
    'temperature',
    'heart-rate',
    'respiratory-rate',
    'white-cells',
    'systolic',
    'mean-arterial-pressure',
    'oxygen-saturation',
    'lactate',
    'creatinine',
    'platelets',
    'sepsis',
    'steroid',
    'delivery',
  ],
  parameters: [
    'sepsis.enabled',
    'sepsis.windowHours',
    'sepsis.pairHours',
    'sepsis.repeatMinutes',
    'sepsis.tempHigh',
    'sepsis.tempLow',
    'sepsis.heartRate',
    'sepsis.respiratoryRate',
    'sepsis.wbcHigh',
    'sepsis.wbcLow',
    'sepsis.wbcAfterBirthHours',
    'sepsis.sbp',
    'sepsis.map',
    'sepsis.spo2',
    'sepsis.lactate',
    'sepsis.creatinine',
    'sepsis.platelets',
    'sepsis.diagnosisDays',
  ],
  missing:
    'Cannot be told when a category or value that could raise the level could not be read; a level that was reached stands.',
} as const satisfies Partial<FindingDefinition>

const ranks: Readonly<Record<SepsisScreen['level'], number>> = {
  none: 0,
  inpatient: 1,
  warning: 1,
  critical: 2,
}

/** Is this the level? What was not read can only raise it. */
function levelFinding(screen: SepsisScreen, level: 'critical' | 'warning' | 'inpatient'): Finding {
  if (screen.level === level) return present(screen.because, ...screen.evidence)
  if (screen.unreadable !== undefined && ranks[level] > ranks[screen.level]) {
    return cannotTell(screen.unreadable, ...screen.evidence)
  }
  return absent(screen.because, ...screen.evidence)
}

const sourceBasis = {
  facts: ['signs', 'measures', 'problems', 'reads'],
  sets: [
    'mastitis-lactational',
    'mastitis-pregnancy',
    'mastitis-nos',
    'mastitis-nonlactational',
    'abscess-lactational',
    'abscess-pregnancy',
    'abscess-nos',
    'abscess-nonlactational',
  ],
  parameters: ['currency.signHours'],
} as const satisfies Partial<FindingDefinition>

/** The sepsis screen and whether the breast may be its source (clinical 5.4). */
export const sepsisFindings: readonly FindingDefinition[] = [
  {
    ...screenBasis,
    name: 'sepsis-critical',
    means: 'Does the sepsis screen call for action now?',
    edge: 'One organ value, three criteria within `sepsis.pairHours`, two criteria each met by two values `sepsis.repeatMinutes` apart, or a sepsis diagnosis up to `sepsis.diagnosisDays` old. Systolic pressure below the limit counts twice, or once beside a criterion. High white cells do not count just after birth or within 72 h of a steroid. Free text alone is never critical.',
    find: ({ patient }) => levelFinding(patient.sepsis, 'critical'),
  },
  {
    ...screenBasis,
    name: 'sepsis-warning',
    means: 'Is the first step of the sepsis screen positive once?',
    edge: 'Two criteria within `sepsis.pairHours`, that limit included, not yet repeated; or a ground for critical that rests on free text alone.',
    find: ({ patient }) => levelFinding(patient.sepsis, 'warning'),
  },
  {
    ...screenBasis,
    name: 'sepsis-inpatient',
    means: 'Is sepsis already on record for an inpatient, with nothing else critical?',
    edge: 'The encounter must be in progress; any organ value or three criteria make it critical instead.',
    find: ({ patient }) => levelFinding(patient.sepsis, 'inpatient'),
  },
  {
    ...screenBasis,
    name: 'sepsis-screen-positive',
    means: 'Is the sepsis screen positive at any level?',
    edge: 'As the three levels.',
    find: ({ patient: { sepsis } }) => {
      if (sepsis.level !== 'none') return present(sepsis.because, ...sepsis.evidence)
      return sepsis.unreadable === undefined ? absent(sepsis.because) : cannotTell(sepsis.unreadable)
    },
  },
  {
    ...sourceBasis,
    name: 'breast-source-current',
    means: 'Is there a breast infection now that could be the source of sepsis?',
    edge: 'A breast sign of the last `currency.signHours`, or an active mastitis or abscess of any kind that began up to 14 days ago, that day included.',
    missing: 'Cannot be told when breast signs or conditions could not be read and what was read shows none.',
    find: ({ moment, patient, sides }) => currentSource(moment, patient, sides),
  },
  {
    ...sourceBasis,
    name: 'breast-source-old',
    means: 'Is only an older breast infection on record, still active?',
    edge: 'Began up to 90 days ago, that day included; one without a date counts as old.',
    missing: 'Cannot be told when conditions could not be read.',
    find: ({ moment, patient, sides }) => oldSource(moment, patient, sides),
  },
]
