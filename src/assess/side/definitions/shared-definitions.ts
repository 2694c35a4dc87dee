import type { CareNeed } from '../../../facts/facts.js'
import { daysInMs } from '../../../units/units.js'
import type { FindingDefinition, Subject } from '../../definition.js'
import type { FindingName } from '../../finding-names.js'
import { verdict, type Finding } from '../../finding.js'
import { latestBy } from '../../views.js'
import { bothBreastsFebrile } from '../both-breasts.js'
import { ofCare } from '../describe.js'
import { drafted } from '../drafted.js'
import { fromInflammation } from './inputs.js'

/** A breast referral that is active, at most `orders.suppressDays` old; exactly that old counts. */
function referralActive({ moment: { facts, parameters, now } }: Subject): Finding {
  const since = now - daysInMs(parameters['orders.suppressDays'])
  const found = facts.care.filter(
    ({ need, kind, status, when }) =>
      need === 'referral' &&
      kind === 'order' &&
      status === 'active' &&
      when !== undefined &&
      latestBy(when, now) >= since,
  )
  return verdict(
    found.length > 0,
    'a breast referral is active',
    'no active breast referral',
    found.map(ofCare),
  )
}

const draftOf = (name: FindingName, needs: readonly CareNeed[], words: string): FindingDefinition => ({
  name,
  means: `Is an order of ${words} among the drafts, evaluated or not?`,
  facts: ['drafts'],
  sets: needs,
  parameters: [],
  edge: 'A draft for either breast counts.',
  missing: 'Without drafts, as on patient-view, absent.',
  find: ({ moment }) => drafted(moment.facts, needs, words),
})

/** Pages of findings that are the same for every breast. */
export const sharedDefinitions: readonly FindingDefinition[] = [
  {
    name: 'both-breasts-febrile',
    means: 'Are both breasts inflamed, with a temperature that fullness alone does not explain?',
    facts: fromInflammation.facts,
    sets: fromInflammation.sets,
    parameters: fromInflammation.parameters,
    edge: 'Soon after delivery the higher limit applies, otherwise the fever threshold; exactly the limit counts.',
    missing:
      'Fever charted only in words has no degree and is absent. Cannot be told when signs or temperatures cannot.',
    find: ({ moment, patient, sides }) => bothBreastsFebrile(moment, patient, sides),
  },
  draftOf('ultrasound-drafted', ['ultrasound'], 'breast ultrasound'),
  draftOf('biopsy-drafted', ['skin-biopsy', 'breast-biopsy'], 'biopsy'),
  draftOf('drainage-drafted', ['drainage'], 'drainage'),
  draftOf('culture-drafted', ['culture'], 'culture'),
  {
    name: 'referral-active',
    means: 'Is a referral to a breast surgeon or breast clinic active?',
    facts: ['care'],
    sets: ['referral'],
    parameters: ['orders.suppressDays'],
    edge: 'Exactly the limit old counts; completed, on hold and revoked referrals do not.',
    missing: 'A referral without a date, or orders that could not be read, leave it absent.',
    find: referralActive,
  },
]
