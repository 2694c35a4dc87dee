import type { Instant } from '../../units/units.js'
import { screenSepsis } from '../sepsis/sepsis-screen.js'
import { evidenceOf, problemEvidence } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment, PatientView } from '../views.js'
import { ageYears } from './age.js'
import { deliveredAt, standingEntries } from './births.js'
import { feedingWords } from './feeding.js'
import { gate } from './gate.js'
import { infantAtRisk } from './infant-at-risk.js'
import type { Lactation } from './lactation-status.js'
import { lactationStatus } from './lactation-status.js'
import { lossOf } from './loss.js'
import { milkRows } from './milk-rows.js'
import { milkUnread } from './milk-unread.js'
import { pregnant } from './pregnancy.js'
import type { ProblemIndex } from './problem-index.js'
import { activeIn, problemIndex } from './problem-index.js'

/**
 * Everything about the patient that has no side, worked out once a call.
 *
 * Missing: each part says for itself what could not be read.
 * Source:  clinical 1.1 to 1.4, 5.4.
 */
export function patientView(moment: Moment): PatientView {
  const { facts, parameters, now } = moment
  const problems = problemIndex(facts.problems)
  const delivered = deliveredAt(facts.births, now)
  const age = ageYears(facts.patient?.birth, now)
  const infer = age === undefined || age.min <= parameters['gate.maxInferAgeYears']
  const lactation = lactationStatus({ moment, problems, delivered, infer })
  const loss = lossOf(moment)
  const expecting = pregnant(moment, problems, delivered)
  const atRisk = infantAtRisk(moment)
  const milk = { moment, problems, delivered, infantAtRisk: atRisk }
  const rows = milkRows(milk)
  const unread = milkUnread(milk)
  const someLost = standingEntries(moment, 'some-infants-lost')
  const feeding = feedingWords({
    status: lactation.status,
    loss: loss.loss,
    pregnant: expecting,
    rows,
    unread,
    askFirst: someLost.some(({ when }) => !saidYesAfter(lactation, when?.latest ?? now)),
  })
  const [first] = rows
  return {
    gate: gate(moment, age, lactation.supported),
    lactation: {
      status: lactation.status,
      because: lactation.because,
      evidence: lactation.evidence,
      ...(lactation.unsettled !== undefined && { unsettled: lactation.unsettled }),
    },
    ...loss,
    ...(delivered !== undefined && { deliveredAt: delivered }),
    ...(age && { ageYears: age }),
    ...(first && { feedingRow: first.row }),
    someInfantsLost: someLost.length > 0,
    pregnant: expecting,
    feeding,
    milkRows: rows,
    milkUnread: unread,
    infantAtRisk: atRisk,
    knownIbc: knownIbc(moment, problems),
    problems,
    sepsis: screenSepsis(moment, problems, delivered),
  }
}

const saidYesAfter = ({ saidYesAt }: Lactation, instant: Instant): boolean =>
  saidYesAt !== undefined && saidYesAt > instant

/**
 * Is inflammatory breast cancer already known?
 *
 * Edge:    an active diagnosis counts whatever its date.
 * Missing: `cannot-tell` when conditions could not be read; an unknown diagnosis silences nothing.
 * Source:  clinical 5.3.
 */
function knownIbc({ facts }: Moment, problems: ProblemIndex): Finding {
  const known = activeIn(problems, 'inflammatory-breast-cancer')
  if (known.length > 0) {
    const evidence = known.map((problem) => problemEvidence(problem, 'inflammatory-breast-cancer'))
    return present('inflammatory breast cancer is on record', ...evidence)
  }
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  const unreadable = facts.unreadable.find(({ subject }) => subject === 'inflammatory-breast-cancer')
  if (unreadable) return cannotTell(unreadable.why, evidenceOf(unreadable, 'inflammatory breast cancer'))
  return absent('inflammatory breast cancer is not on record')
}
