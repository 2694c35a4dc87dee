import { assess } from '../../src/assess/assess.js'
import type { Assessment, Scope } from '../../src/assess/assessment.js'
import type { BreastSide } from '../../src/assess/views.js'
import type { Finding } from '../../src/assess/finding.js'
import type { FindingName } from '../../src/assess/finding-names.js'
import type { Parameters } from '../../src/assess/parameters.js'
import type { Facts } from '../../src/facts/facts.js'
import { factsOf, now, parametersOf } from './facts-of.js'
import { viewsOf } from './patient-view-of.js'

/** The whole assessment of these facts at the tables' clock. */
export const assessed = (facts: Partial<Facts> = {}, parameters: Partial<Parameters> = {}): Assessment =>
  assess(factsOf(facts), parametersOf(parameters), now)

/** The leading scope, which must exist. */
export function leadingScope(facts: Partial<Facts>, parameters: Partial<Parameters> = {}): Scope {
  const [scope] = assessed(facts, parameters).scopes
  if (!scope) throw new Error('the patient is out of scope')
  return scope
}

/** One finding of the leading scope. */
export function findingOf(
  facts: Partial<Facts>,
  name: FindingName,
  parameters: Partial<Parameters> = {},
): Finding {
  const finding = leadingScope(facts, parameters).findings.get(name)
  if (!finding) throw new Error(`${name} was not asked`)
  return finding
}

/** Which of these findings are present in the leading scope. */
export const presentAmong = (facts: Partial<Facts>, names: readonly FindingName[]): readonly FindingName[] =>
  names.filter((name) => leadingScope(facts).findings.get(name)?.verdict === 'present')

/** Which breasts are judged, the leading one first. */
export const sidesOf = (facts: Partial<Facts>): readonly (BreastSide | undefined)[] =>
  assessed(facts).scopes.map(({ side }) => side)

/** What is true, on which breast what is asked, and the answer. */
export type Row = readonly [
  what: string,
  facts: Partial<Facts>,
  side: BreastSide,
  name: FindingName,
  verdict: Finding['verdict'],
]

/** Verdict of one finding on one breast, which must be judged. */
export function verdictOn(facts: Partial<Facts>, side: BreastSide, name: FindingName): Finding['verdict'] {
  const scope = assessed(facts).scopes.find((each) => each.side === side)
  const finding = scope?.findings.get(name)
  if (!finding) throw new Error(`${name} was not asked of ${side}`)
  return finding.verdict
}

/** The whole hours of cover of one breast. */
export const hoursOn = (facts: Partial<Facts>, side: BreastSide): string | undefined => {
  const view = viewsOf(facts).find((each) => each.side === side)
  return view && String(Math.floor(view.cover.hoursAny))
}
