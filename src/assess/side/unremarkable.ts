import type { Facts } from '../../facts/facts.js'
import type { ReadKey } from '../../gather/chart.js'
import type { Parameters } from '../parameters.js'
import { patientView } from '../patient/patient-view.js'
import type { Moment, PatientView, SideView } from '../views.js'
import { categoryWords } from '../words.js'
import { conditionsOfBreast } from './diagnosis-sets.js'
import type { Exposures } from './exposure.js'
import type { Illness } from './temperature.js'
import type { Timeline } from './timeline.js'

/** Categories whose lack casts doubt on a breast. */
const needed: readonly ReadKey[] = ['conditions', 'breastSigns', 'temperatures', 'medicationRequests']

/**
 * Does the chart, read whole, hold nothing at all that a rule about a breast looks at, and no fever?
 *
 * Edge: even a sign recorded absent, a resolved diagnosis or a normal scan is something; a normal temperature is not.
 */
export function isUnremarkable({ facts }: Timeline, sick: Illness, exposed: Exposures): boolean {
  return (
    facts.signs.length === 0 &&
    facts.course.length === 0 &&
    facts.results.length === 0 &&
    facts.care.length === 0 &&
    facts.drafts.length === 0 &&
    facts.unreadable.length === 0 &&
    exposed.list.length === 0 &&
    exposed.doubt === undefined &&
    hasNoFever(sick) &&
    needed.every((key) => facts.reads[key].state === 'read') &&
    !facts.measures.some(({ kind }) => kind === 'pain') &&
    !facts.problems.some(({ sets }) => sets.some((set) => conditionsOfBreast.has(set)))
  )
}

const hasNoFever = ({ fever, systemic, highFever, tooHotForFullness, feverADayApart }: Illness): boolean =>
  !feverADayApart &&
  fever.verdict === 'absent' &&
  systemic.verdict === 'absent' &&
  highFever.verdict === 'absent' &&
  tooHotForFullness.verdict === 'absent'

/** The ordinary rules: every breast of a chart worked up, the leading one first. */
export type WorkUp = (moment: Moment, patient: PatientView) => readonly SideView[]

const blank = new WeakMap<Parameters, SideView>()

/**
 * The view of a breast about which nothing is recorded: the same for every patient but for her temperatures, so the
 * ordinary rules work it out once, from an empty chart, and most calls are spared all of them.
 *
 * Privacy: what is kept between calls comes from the parameters alone.
 */
export function unremarkable({ parameters }: Timeline, sick: Illness, workUp: WorkUp): SideView {
  const view = blank.get(parameters) ?? blankView(parameters, workUp)
  blank.set(parameters, view)
  const { fever, systemic, newest } = sick
  return {
    ...view,
    evidence: { ...view.evidence, fever, systemic, ...(newest && { newestTemperature: newest.fact }) },
  }
}

const emptyChart: Facts = {
  reads: Object.fromEntries(
    Object.keys(categoryWords).map((key) => [key, { state: 'read' }]),
  ) as Facts['reads'],
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
  earlier: [],
  droppedForeign: 0,
}

function blankView(parameters: Parameters, workUp: WorkUp): SideView {
  const moment = { facts: emptyChart, parameters, now: 0 }
  const [view] = workUp(moment, patientView(moment))
  if (!view) throw new Error('an empty chart has one breast without a side')
  return view
}
