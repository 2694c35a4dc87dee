import type { ParameterName } from '../../assess/parameters.js'
import type { CompiledSuggestion, Concept } from '../card-pack.js'
import type {
  CardSource,
  CodedText,
  CodingSource,
  OrderPriority,
  OrderSide,
  SuggestionSource,
} from '../card-source.js'
import type { Indicator } from '../chosen-card.js'
import { below, compileText, type CompileContext, type ReportProblem } from './compile-texts.js'
import { nameFix } from './nearest-name.js'

/** Compiles the suggestions of one variant, the recommended one first, then in the order of the file (R6). */
export function compileSuggestions(
  source: CardSource,
  variant: string,
  context: CompileContext,
  report: ReportProblem,
): readonly CompiledSuggestion[] {
  const compiled = (source.suggestions ?? []).flatMap((suggestion, place) => {
    const reportHere = below(report, ['suggestions', place])
    checkVariants(suggestion, source, reportHere)
    if (suggestion.variants && !suggestion.variants.includes(variant)) return []
    return [compileSuggestion(suggestion, variant, context, reportHere)]
  })
  if (compiled.filter(({ recommended }) => recommended).length > 1) {
    report(['suggestions'], `recommends more than one for "${variant}"`, 'recommend at most one per variant')
  }
  return compiled.toSorted((a, b) => Number(b.recommended) - Number(a.recommended))
}

function checkVariants(suggestion: SuggestionSource, source: CardSource, report: ReportProblem): void {
  const variants = Object.keys(source.variants)
  const named = [
    ...(suggestion.variants ?? []),
    ...(Array.isArray(suggestion.recommended) ? (suggestion.recommended as readonly string[]) : []),
  ]
  for (const name of named) {
    if (!variants.includes(name)) {
      report([], `unknown variant "${name}"`, nameFix(name, variants, 'variants of this card'))
    }
  }
}

function compileSuggestion(
  { id, recommended = false, label, description, order }: SuggestionSource,
  variant: string,
  context: CompileContext,
  report: ReportProblem,
): CompiledSuggestion {
  const text = (words: string, key: string) => compileText(words, [key], context, report)
  const hours =
    order.occurs_in === undefined ? undefined : context.parameters[order.occurs_in as ParameterName]
  if (order.occurs_in !== undefined && typeof hours !== 'number') {
    report(['order', 'occurs_in'], `"${order.occurs_in}" is no number`, 'name a parameter in hours')
  }
  return {
    id,
    recommended: typeof recommended === 'boolean' ? recommended : recommended.includes(variant),
    label: text(label, 'label'),
    description: text(description, 'description'),
    text: text(order.text, 'order'),
    codes: codesBySide(order),
    ...(order.body_site && { bodySite: conceptsBySide(context.everyCard.body_sites[order.body_site]) }),
    bothSides: order.side === 'both',
    ...(order.priority && { priority: byIndicator(order.priority) }),
    ...(typeof hours === 'number' && { occursInHours: hours }),
    afterScan: order.counted_from === 'scan-to-repeat',
  }
}

/** A text with its codes as a CodeableConcept. */
export const concept = ({ text, codes }: CodedText): Concept => ({
  ...(codes.length > 0 && { coding: codes }),
  text,
})

const conceptsBySide = (
  sites: Readonly<Record<OrderSide, CodedText>>,
): Readonly<Record<OrderSide, Concept>> => ({
  left: concept(sites.left),
  right: concept(sites.right),
  both: concept(sites.both),
  unspecified: concept(sites.unspecified),
})

function codesBySide({ codes = [], codes_by_side }: SuggestionSource['order']): CompiledSuggestion['codes'] {
  const of = (side: OrderSide): readonly CodingSource[] => [...codes, ...(codes_by_side?.[side] ?? [])]
  return { left: of('left'), right: of('right'), both: of('both'), unspecified: of('unspecified') }
}

const byIndicator = (
  priority: OrderPriority | Readonly<Record<Indicator, OrderPriority>>,
): Readonly<Record<Indicator, OrderPriority>> =>
  typeof priority === 'string' ? { info: priority, warning: priority, critical: priority } : priority
