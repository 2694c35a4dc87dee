import { inputs, unreadInputs, type FindingDefinition } from '../../definition.js'
import { absent, cannotTell, present, type Evidence, type Finding } from '../../finding.js'
import { mrsaInputs } from './mrsa.js'
import { ofMedicine } from '../describe.js'
import { allOf } from '../../logic.js'
import type { Workup } from '../workup.js'

/** The antibiotics that cover now and do not act on MRSA, as far as is known. */
interface Gaps {
  evidence: readonly Evidence[]
  /** Every such antibiotic depends on a susceptibility result that is not on record. */
  onlyUntested: boolean
  /** The finding for a breast without such an antibiotic. */
  covered: Finding
}

function gapsIn({ resistance, cover }: Workup): Gaps {
  const { covers, untested } = resistance
  const gaps = [...new Set(cover.covering.map(({ medicine }) => medicine))].filter(
    (medicine) => !covers(medicine),
  )
  return {
    evidence: gaps.map(ofMedicine),
    onlyUntested: gaps.length > 0 && gaps.every(untested),
    covered:
      cover.unreadable === undefined || gaps.length > 0
        ? absent('no antibiotic covers now that misses MRSA')
        : cannotTell(cover.unreadable),
  }
}

/**
 * Row 13: MRSA on record, and an antibiotic covers now that is neither active against MRSA nor reported susceptible.
 */
function mayMiss(breast: Workup): Finding {
  const { evidence, onlyUntested, covered } = gapsIn(breast)
  const missed = evidence.length > 0 && !onlyUntested
  return allOf(
    breast.resistance.mrsa,
    missed ? present('the antibiotic may not cover MRSA', ...evidence) : covered,
  )
}

function resultAwaited(breast: Workup): Finding {
  const { evidence, onlyUntested, covered } = gapsIn(breast)
  return allOf(
    breast.resistance.mrsa,
    onlyUntested ? present('susceptibility not reported', ...evidence) : covered,
  )
}

const mrsaUnread =
  'An MRSA entry without a date does not count. Cannot be told when conditions, or the medicines that cover now, could ' +
  'not be read.'

/** The present antibiotics may not act on MRSA (clinical 6.1 row 13). */
export const coverMayMissMrsa = {
  name: 'cover-may-miss-mrsa',
  scope: 'side',
  means:
    'With MRSA on record, or a culture resistant to all that was given: does an antibiotic cover now that is neither active ' +
    'against MRSA nor reported susceptible?',
  ...inputs(mrsaInputs, unreadInputs),
  edge: 'An MRSA entry exactly the limit old counts. Clindamycin alone without a result is a finding of its own.',
  missing: mrsaUnread,
  find: ({ breast }) => mayMiss(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that the present antibiotic acts on MRSA only if a result says so, and no result is on record. */
export const clindamycinUntested = {
  name: 'clindamycin-untested',
  scope: 'side',
  means:
    'With MRSA on record: is the only cover that may miss it an antibiotic that depends on a susceptibility result, and is ' +
    'there none?',
  ...inputs(mrsaInputs, unreadInputs),
  edge: 'A result of any kind for that antibiotic ends it; resistant makes it cover-may-miss-mrsa.',
  missing: mrsaUnread,
  find: ({ breast }) => resultAwaited(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>
