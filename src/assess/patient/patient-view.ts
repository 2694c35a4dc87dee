import type { Instant } from '../../units/units.js'
import { screenSepsis } from '../sepsis/sepsis-screen.js'
import type { PatientView } from '../views.js'
import type { Timeline } from '../timeline.js'
import { ageYears } from './age.js'
import { deliveredAt, standingEntries } from './births.js'
import { feedingWords } from './feeding.js'
import { gate } from './gate.js'
import { infantAtRisk } from './infant-at-risk.js'
import { knownCancer } from './known-ibc.js'
import type { Lactation } from './lactation-status.js'
import { lactationStatus } from './lactation-status.js'
import { lossOf } from './loss.js'
import { milkRows } from './milk-rows.js'
import { milkUnread } from './milk-unread.js'
import { pregnant } from './pregnancy.js'
import { problemIndex } from './problem-index.js'

/**
 * Works out everything about the patient that has no side, once in a call.
 *
 * Missing: each part says which facts could not be read.
 * Source:  clinical 1.1 to 1.4, 5.4
 */
export function patientView(timeline: Timeline): PatientView {
  const { facts, parameters, now } = timeline
  const problems = problemIndex(facts.problems)
  const delivered = deliveredAt(facts.births, now)
  const age = ageYears(facts.patient?.birth, now)
  const infer = age === undefined || age.min <= parameters['gate.maxInferAgeYears']
  const lactation = lactationStatus({ timeline, problems, delivered, infer })
  const loss = lossOf({ ...timeline, lactation })
  const expecting = pregnant(timeline, problems, delivered)
  const atRisk = infantAtRisk(timeline)
  const milk = { timeline, problems, delivered, infantAtRisk: atRisk }
  const rows = milkRows(milk)
  const unread = milkUnread(milk)
  const someLost = standingEntries(timeline, 'some-infants-lost')
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
    gate: gate(timeline, age, lactation.supported),
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
    knownIbc: knownCancer(timeline, problems),
    problems,
    sepsis: screenSepsis(timeline, problems, delivered),
  }
}

const saidYesAfter = ({ saidYesAt }: Lactation, instant: Instant): boolean =>
  saidYesAt !== undefined && saidYesAt > instant
