import type { CompiledSource, CompiledVariant } from '../card-pack.js'
import type { CardSource, SharedByVariants, Wording } from '../card-source.js'
import type { Template } from '../template.js'
import { compileSuggestions } from './compile-suggestions.js'
import {
  below,
  chosenSources,
  compileSummary,
  compileWording,
  type CompileContext,
  type ReportProblem,
} from './compile-texts.js'
import { nameFix } from './nearest-name.js'

/** The most lines of a recommendation, which the feeding sentence may follow as the fifth. */
const mostRecommendations = 5
const mostSuggestions = 3
const mostOverrides = 4

/** Compiles one variant of a card: each part is the variant's own, or else that of the card. */
export function compileVariant(
  source: CardSource,
  name: string,
  context: CompileContext,
  report: ReportProblem,
): CompiledVariant {
  const variant = source.variants[name]
  if (!variant) throw new Error(`variant ${name} is not in the card`)
  const here = below(report, ['variants', name])
  const lines = (part: 'why' | 'recommendation' | 'missing'): readonly Template[] => {
    const [from, path] = ownOrCommon(source, name, part)
    return (from ?? []).map((line, place) => compileWording(line, [...path, place], context, report))
  }
  const recommendation = lines('recommendation')
  if (recommendation.length === 0) here([], 'has no recommendation', 'write what to do')
  if (recommendation.length > mostRecommendations) {
    here([], `has more than ${mostRecommendations} recommendations`, 'leave out the least')
  }
  const suggestions = compileSuggestions(source, name, context, report)
  if (suggestions.length > mostSuggestions) {
    here([], `has more than ${mostSuggestions} suggestions`, 'leave out the least')
  }
  return {
    name,
    summary: compileSummary(source.id, variant.summary, context, below(here, ['summary'])),
    sources: sourcesOf(source, name, context, report),
    why: lines('why'),
    recommendation,
    missing: lines('missing'),
    feeding: variant.feeding ?? source.card.feeding ?? 'if-first',
    suggestions,
    overrideReasons: overrideCodings(source, name, context, report),
  }
}

type Part = Exclude<keyof SharedByVariants, 'source' | 'feeding'>

/** The part of a variant, or else of the card, with its path in the file. */
function ownOrCommon(
  { variants, card }: CardSource,
  name: string,
  part: Part,
): readonly [readonly Wording[] | undefined, readonly (string | number)[]] {
  const own = variants[name]?.[part]
  return own ? [own, ['variants', name, part]] : [card[part], ['card', part]]
}

function sourcesOf(
  source: CardSource,
  name: string,
  context: CompileContext,
  report: ReportProblem,
): CompiledVariant['sources'] {
  const own = source.variants[name]?.source
  const path = own === undefined ? ['card', 'source'] : ['variants', name, 'source']
  const cited = chosenSources(own ?? source.card.source, path, context, report).map((key): CompiledSource => {
    const { label = '', url = '' } = context.sources[key] ?? {}
    return { key, label, url }
  })
  const [first = { key: '', label: '', url: '' }, ...others] = cited
  return [first, ...others]
}

/** The override codes of a variant, each once: its own or those of the card, then those of every card. */
function overrideCodings(
  source: CardSource,
  name: string,
  context: CompileContext,
  report: ReportProblem,
): CompiledVariant['overrideReasons'] {
  const { reasons, every_card } = context.overrideReasons
  const system = `${context.canonicalBase}/CodeSystem/override-reason`
  const own = source.variants[name]?.overrides ?? source.overrides
  if (own.length > mostOverrides) {
    report(['overrides'], `offers more than ${mostOverrides} reasons to "${name}"`, 'leave out the least')
  }
  return [...new Set([...own, ...every_card])].flatMap((code) => {
    const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined
    if (reason) return [{ system, code, display: reason.display }]
    report(
      ['overrides'],
      `unknown override code "${code}"`,
      nameFix(code, Object.keys(reasons), 'cards/override-reasons.yaml'),
    )
    return []
  })
}
