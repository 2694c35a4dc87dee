import type { DraftOrder, Facts } from '../../../facts/facts.js'
import type { CareNeed } from '../../../facts/care-need.js'
import type { FindingDefinition } from '../../definition.js'
import { verdict, type Evidence, type Finding } from '../../finding.js'
import type { Timeline } from '../../timeline.js'

const ofDraft = (draft: DraftOrder, what: string): Evidence => ({
  what,
  source: draft.source,
  fromText: false,
  draft: true,
})

/**
 * Is an antibiotic among the evaluated drafts? (clinical 5.3, R1)
 *
 * Edge: the draft is no evidence, because an order does not prove an illness: a sign from free text stays free text
 *       alone.
 */
export function draftedAntibiotic({ drafts }: Facts): Finding {
  const found = drafts.some(
    ({ evaluated, medicine }) =>
      evaluated &&
      medicine !== undefined &&
      medicine.noExposure === undefined &&
      (medicine.cover === 'appropriate' || medicine.cover === 'other'),
  )
  return verdict(found, 'an antibiotic is being ordered', 'no antibiotic among the drafts')
}

/** Does a draft, evaluated or not, already meet one of these needs? (clinical 8) */
function drafted({ drafts }: Facts, needs: readonly CareNeed[], words: string): Finding {
  const found = drafts.filter((draft) => draft.needs.some((need) => needs.includes(need)))
  return verdict(
    found.length > 0,
    `${words} is among the drafts`,
    `no ${words} among the drafts`,
    found.map((draft) => ofDraft(draft, `draft order of ${words}`)),
  )
}

/** Makes the finding that a draft meets one of these needs. */
const draftedFinding = <Name extends string>(name: Name, needs: readonly CareNeed[], words: string) =>
  ({
    name,
    scope: 'patient',
    means: `Is an order of ${words} among the drafts, evaluated or not?`,
    facts: ['drafts'],
    sets: needs,
    parameters: [],
    edge: 'A draft for either breast counts.',
    missing: 'Without drafts, as on patient-view, absent.',
    find: ({ timeline }) => drafted(timeline.facts, needs, words),
  }) as const satisfies FindingDefinition<{ timeline: Timeline }>

/** The finding that an ultrasound is among the drafts. */
export const ultrasoundDrafted = draftedFinding('ultrasound-drafted', ['ultrasound'], 'breast ultrasound')

/** The finding that a biopsy is among the drafts. */
export const biopsyDrafted = draftedFinding('biopsy-drafted', ['skin-biopsy', 'breast-biopsy'], 'biopsy')

/** The finding that a drainage is among the drafts. */
export const drainageDrafted = draftedFinding('drainage-drafted', ['drainage'], 'drainage')

/** The finding that a culture is among the drafts. */
export const cultureDrafted = draftedFinding('culture-drafted', ['culture'], 'culture')
