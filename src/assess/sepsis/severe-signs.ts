import type { SignName } from '../../terminology/concepts.js'
import { gravestSigns, severeSoftTissueSigns, systemicSigns } from '../../terminology/breast-conditions.js'
import { hoursInMs } from '../../units/units.js'
import { signEvidence } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { Timeline } from '../timeline.js'

/** A sign of a severe soft-tissue infection that is on record now. */
export interface SevereSign {
  name: SignName
  /** Necrosis or bullae: one measured criterion beside the sign is enough for the level critical. */
  gravest: boolean
  /** The sign belongs to the breast, so that the breast is a possible source. */
  ofBreast: boolean
  evidence: Evidence
}

/**
 * The signs of a severe soft-tissue infection that are on record now, the gravest first.
 *
 * Edge:    a record exactly `currency.signHours` old counts; a later record of absence ends the sign.
 * Missing: a sign without a time, or charted as unknown, is none.
 * Source:  clinical 5.4, group A streptococcus
 */
export function severeSigns({ signs, parameters, now }: Timeline): readonly SevereSign[] {
  const since = now - hoursInMs(parameters['currency.signHours'])
  return severeSoftTissueSigns.flatMap((name) => {
    const newest = signs.get(name)?.findLast(({ fact }) => fact.state !== 'unknown')
    if (newest?.fact.state !== 'present' || newest.fact.possible || newest.at < since) return []
    return [
      {
        name,
        gravest: gravestSigns.includes(name),
        ofBreast: !systemicSigns.has(name),
        evidence: signEvidence(newest.fact),
      },
    ]
  })
}
