import type { SetId } from '../../../facts/code-book.js'
import type { Facts } from '../../../facts/facts.js'
import type { FindingDefinition } from '../../definition.js'
import type { FindingName } from '../../finding-names.js'
import type { ParameterName } from '../../parameters.js'
import { abscessSets, breastSets, mastitisSets } from '../diagnosis-sets.js'
import { breastSigns } from '../signs-of-breast.js'

/** What one part of a finding reads. */
export interface Inputs {
  facts: readonly (keyof Facts)[]
  sets: readonly SetId[]
  parameters: readonly ParameterName[]
}

/** Signs of the breast, pain scores, and what of them could not be read. */
export const fromSigns: Inputs = {
  facts: ['signs', 'measures', 'reads', 'unreadable'],
  sets: [...breastSigns, 'focal-tenderness', 'pain'],
  parameters: ['currency.signHours', 'currency.skinSignDays'],
}

export const fromTemperature: Inputs = {
  facts: ['measures', 'signs', 'reads', 'unreadable'],
  sets: ['temperature', 'fever-finding', 'malaise'],
  parameters: ['fever.threshold', 'currency.signHours'],
}

/** Diagnoses, and the antibiotics that keep an older one current. */
export const fromDiagnoses: Inputs = {
  facts: ['problems', 'medicines', 'reads', 'unreadable'],
  sets: breastSets,
  parameters: ['dx.currentDays'],
}

export const fromInfections: Inputs = { ...fromDiagnoses, sets: [...mastitisSets, ...abscessSets] }

/** The signs, temperature and delivery that INFLAM and FULLNESS rest on. */
export const fromInflammation: Inputs = {
  facts: [...fromSigns.facts, 'problems', 'births'],
  sets: [...fromSigns.sets, ...fromTemperature.sets, 'blocked-duct', 'engorgement'],
  parameters: [
    ...fromSigns.parameters,
    ...fromTemperature.parameters,
    'engorgement.days',
    'engorgement.feverLimit',
  ],
}

/** Start of the episode, and gaps that end an earlier one. */
export const fromEpisode: Inputs = {
  facts: ['problems', 'signs', 'course', 'medicines', 'reads', 'unreadable'],
  sets: breastSets,
  parameters: ['dx.currentDays', 'episode.maxDays', 'episode.gapDays'],
}

/** Antibiotic cover; the ingredients are those of the table of antibiotics. */
export const fromCover: Inputs = {
  facts: [...fromEpisode.facts, 'births', 'results'],
  sets: [...breastSets, 'mrsa'],
  parameters: [
    ...fromEpisode.parameters,
    'antibiotic.gapHours',
    'antibiotic.openEndDays',
    'antibiotic.completedDays',
    'mrsa.days',
    'response.dueHours',
    'response.lateHours',
  ],
}

/** The five measures and the clinician's word on the course. */
export const fromResponse: Inputs = {
  facts: [...fromCover.facts, 'measures', 'signs', 'course'],
  sets: [
    ...fromCover.sets,
    'temperature',
    'pain',
    'erythema',
    'colour-change',
    'swelling',
    'lump',
    'no-response',
  ],
  parameters: [
    ...fromCover.parameters,
    'fever.threshold',
    'response.evaluateFromHours',
    'response.worseFromHours',
  ],
}

export const fromImaging: Inputs = {
  facts: ['results'],
  sets: ['ultrasound', 'ultrasound-normal', 'birads-1', 'birads-2', 'birads-4', 'birads-5', 'birads-6'],
  parameters: ['currency.resultDays'],
}

/** Orders of the last days and what was done in the episode. */
export const fromOrders = (...sets: readonly SetId[]): Inputs => ({
  facts: ['care', 'results', ...fromEpisode.facts],
  sets,
  parameters: [...fromEpisode.parameters, 'orders.suppressDays', 'currency.resultDays'],
})

const unique = <T>(lists: readonly (readonly T[])[]): readonly T[] => [...new Set(lists.flat())]

/**
 * The page of a finding that is worked out with its breast.
 *
 * Throws: when the finding was not worked out, which is a mistake of ours and no matter of the chart.
 */
export function aboutBreast(
  name: FindingName,
  means: string,
  edge: string,
  missing: string,
  ...inputs: readonly Inputs[]
): FindingDefinition {
  return {
    name,
    means,
    facts: unique(inputs.map(({ facts }) => facts)),
    sets: unique(inputs.map(({ sets }) => sets)),
    parameters: unique(inputs.map(({ parameters }) => parameters)),
    edge,
    missing,
    find: ({ side }) => {
      const finding = side.findings.get(name)
      if (!finding) throw new Error(`finding ${name} was not worked out`)
      return finding
    },
  }
}
