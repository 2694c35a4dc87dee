import { severeSoftTissueSigns } from '../../terminology/breast-conditions.js'
import { inputOf, inputs, type FindingDefinition, type Inputs } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { SepsisScreen } from './sepsis-screen.js'

/** The part of the context that these findings read. */
interface OfScreen {
  patient: { sepsis: SepsisScreen }
}

/** The inputs of the question whether the screen is positive, at whatever level. */
const screenInputs: Inputs = {
  facts: ['measures', 'signs', 'problems', 'births', 'medicines', 'reads', 'unreadable'],
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
    'bilirubin',
    'inr',
    'altered-mental-state',
    'oxygen-need',
    'low-urine-output',
    ...severeSoftTissueSigns,
    'sepsis',
    'septic-shock',
    'steroid',
    'vitamin-k-antagonist',
    'delivery',
  ],
  parameters: [
    'sepsis.enabled',
    'sepsis.windowHours',
    'sepsis.pairHours',
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
    'sepsis.bilirubin',
    'sepsis.inr',
    'sepsis.diagnosisDays',
    'currency.signHours',
  ],
}

/** The inputs of the level warning: two criteria that are repeated are critical. */
const warningInputs = inputs(screenInputs, inputOf('sepsis.repeatMinutes'))

/** The inputs of the levels that a stay in hospital divides. */
export const levelInputs = inputs(warningInputs, { facts: ['encounters'], sets: [], parameters: [] })

const missing =
  'Cannot be told when a category or value that could raise the level could not be read; a level that was reached stands.'

const ranks: Readonly<Record<SepsisScreen['level'], number>> = {
  none: 0,
  inpatient: 1,
  warning: 1,
  critical: 2,
}

/** Is this the level of the screen? Unread facts could only raise the level. */
function levelFinding(screen: SepsisScreen, level: 'critical' | 'warning' | 'inpatient'): Finding {
  if (screen.level === level) return present(screen.because, ...screen.evidence)
  if (screen.unreadable !== undefined && ranks[level] > ranks[screen.level]) {
    return cannotTell(screen.unreadable, ...screen.evidence)
  }
  return absent(screen.because, ...screen.evidence)
}

/** The finding that the sepsis screen is critical (clinical 5.4). */
export const sepsisCritical = {
  ...levelInputs,
  missing,
  name: 'sepsis-critical',
  scope: 'patient',
  means: 'Does the sepsis screen call for action now?',
  edge: 'One organ value, three criteria within `sepsis.pairHours`, two criteria each met by two values `sepsis.repeatMinutes` apart, or a sepsis diagnosis up to `sepsis.diagnosisDays` old. Systolic pressure below the limit counts twice, or once beside a criterion. High white cells do not count just after birth or within 72 h of a steroid. Free text alone is never critical.',
  find: ({ patient }) => levelFinding(patient.sepsis, 'critical'),
} as const satisfies FindingDefinition<OfScreen>

/** The finding that the sepsis screen gives a warning (clinical 5.4). */
export const sepsisWarning = {
  ...warningInputs,
  missing,
  name: 'sepsis-warning',
  scope: 'patient',
  means: 'Is the first step of the sepsis screen positive once?',
  edge: 'Two criteria within `sepsis.pairHours`, that limit included, not yet repeated; or a ground for critical that rests on free text alone.',
  find: ({ patient }) => levelFinding(patient.sepsis, 'warning'),
} as const satisfies FindingDefinition<OfScreen>

/** The finding that sepsis is on record for an inpatient (clinical 5.4). */
export const sepsisInpatient = {
  ...levelInputs,
  missing,
  name: 'sepsis-inpatient',
  scope: 'patient',
  means: 'Is sepsis already on record for an inpatient, with nothing else critical?',
  edge: 'The encounter must be in progress; any organ value or three criteria make it critical instead.',
  find: ({ patient }) => levelFinding(patient.sepsis, 'inpatient'),
} as const satisfies FindingDefinition<OfScreen>

/** The finding that the sepsis screen is positive (clinical 5.4). */
export const sepsisScreenPositive = {
  ...screenInputs,
  missing,
  name: 'sepsis-screen-positive',
  scope: 'patient',
  means: 'Is the sepsis screen positive at any level?',
  edge: 'As the three levels.',
  find: ({ patient: { sepsis } }) => {
    if (sepsis.level !== 'none') return present(sepsis.because, ...sepsis.evidence)
    return sepsis.unreadable === undefined ? absent(sepsis.because) : cannotTell(sepsis.unreadable)
  },
} as const satisfies FindingDefinition<OfScreen>
