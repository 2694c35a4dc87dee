import type { FindingDefinition, Subject } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, present } from '../finding.js'
import type { FindingName } from '../finding-names.js'
import type { PatientView, SideView } from '../views.js'

/**
 * The findings of one breast that raise an alarm: R1 to R5 of clinical 5.3, stage 3, and no improvement when it is due,
 * which is what the ultrasound card stands on.
 */
const alarms: readonly FindingName[] = [
  'ibc-r1',
  'ibc-r2',
  'ibc-r3',
  'ibc-r3b',
  'ibc-r4',
  'ibc-r5',
  'stage-abscess',
  'failed',
]

/** Is there a breast diagnosis or sign at all? Without one a missing fact asks nobody. */
const breastOnRecord = ({ evidence }: SideView): boolean =>
  evidence.anySign ||
  evidence.drivingMastitis.length + evidence.drivingAbscess.length + evidence.drivingOther.length > 0

/** What could not be read and could raise an alarm for this breast or for the whole patient. */
function unclear(patient: PatientView, sides: readonly SideView[]): string | undefined {
  for (const { findings } of sides) {
    for (const name of alarms) {
      const finding = findings.get(name)
      if (finding?.verdict === 'cannot-tell') return finding.because
    }
  }
  const { level, unreadable } = patient.sepsis
  return level === 'critical' ? undefined : unreadable
}

function redFlagUnreadable({ patient, sides }: Subject): Finding {
  const because = unclear(patient, sides)
  if (because === undefined) return absent('every fact of the red flags could be read')
  if (!sides.some(breastOnRecord)) return absent('no breast diagnosis or sign is on record')
  return present(because)
}

/** Whether a red-flag card asks instead of staying silent (clinical 6.1 row 16, product decision 2f). */
export const askFindings: readonly FindingDefinition[] = [
  {
    name: 'red-flag-unreadable',
    means:
      'Could a fact not be read that could raise an alarm, while a breast diagnosis or sign is on record?',
    facts: ['reads', 'unreadable', 'signs', 'problems', 'measures', 'medicines', 'results', 'care'],
    sets: [],
    parameters: ['currency.signHours', 'dx.currentDays', 'sepsis.windowHours'],
    edge: 'Only what could change R1 to R5, an abscess, no improvement when it is due, or the sepsis screen; without a breast diagnosis or sign it is absent.',
    missing: 'This finding is itself about what is missing.',
    find: redFlagUnreadable,
  },
]
