import type { WireCard, WireSuggestion } from '../../src/cards/chosen-card.js'

interface Coding {
  system?: unknown
  code?: unknown
  display?: unknown
}
interface Concept {
  text?: unknown
  coding?: readonly Coding[]
}

const isWords = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

const conceptProblems = (name: string, concept: Concept | undefined): readonly string[] => [
  ...(isWords(concept?.text) ? [] : [`${name} has no text`]),
  ...(concept?.coding ?? []).flatMap(({ system, code, display }) =>
    isWords(system) && isWords(code) && isWords(display) ? [] : [`${name} has a coding that is not whole`],
  ),
]

/** What of one suggestion is no draft order of R4 that can be filed as it is (clinical 6, common rules). */
function suggestionProblems({ label, actions }: WireSuggestion): readonly string[] {
  const [action] = actions
  if (!action || actions.length !== 1) return ['not exactly one action']
  const { resource, description } = action
  const { resourceType, status, intent, subject, code, reasonCode, priority } = resource
  const reasons = Array.isArray(reasonCode) ? (reasonCode as readonly Concept[]) : []
  const sites = Array.isArray(resource['bodySite']) ? (resource['bodySite'] as readonly Concept[]) : []
  return [
    ...(isWords(label) && isWords(description) ? [] : ['has no label or description']),
    ...(resourceType === 'ServiceRequest' || resourceType === 'Task' ? [] : ['is no order']),
    ...(status === 'draft' ? [] : ['is no draft']),
    ...(intent === 'proposal' ? [] : ['has another intent than the site wants']),
    ...((subject as { reference?: unknown }).reference === 'Patient/zz-planned' ? [] : ['is for nobody']),
    ...(priority === undefined || priority === 'routine' || priority === 'urgent' ? [] : ['odd priority']),
    ...conceptProblems('code', code as Concept | undefined),
    ...(reasons.length > 0 ? [] : ['has no reason']),
    ...reasons.flatMap((reason) => conceptProblems('reason', reason)),
    ...sites.flatMap((site) => conceptProblems('bodySite', site)),
  ]
}

/** What is wrong with the suggestions of a card; nothing when an EHR can act on each of them. */
export function orderProblems({
  source,
  suggestions = [],
  selectionBehavior,
  uuid,
}: WireCard): readonly string[] {
  const ids = [uuid, ...suggestions.map((suggestion) => suggestion.uuid)]
  const recommended = suggestions.filter(({ isRecommended }) => isRecommended === true)
  return [
    ...(new Set(ids).size === ids.length ? [] : ['the same uuid twice']),
    ...(recommended.length > 1 ? ['two recommended suggestions'] : []),
    ...((selectionBehavior === 'any') === suggestions.length > 0 ? [] : ['selectionBehavior']),
    ...suggestions.flatMap(suggestionProblems),
  ].map((what) => `${source.topic.code}: ${what}`)
}
