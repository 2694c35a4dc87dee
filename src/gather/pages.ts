import { budgets } from '../protocol/limits.js'
import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import type { Instant } from '../units/units.js'
import type { Answer } from './answer.js'
import { hasFewerThan, reachesBack } from './complete.js'

const maxPages = budgets.fhirPages.most
const maxResources = budgets.resources.most

/** Reads further pages: decides which links may be followed, and reads a page. */
export interface PageReader {
  /** The address of a `next` link on a page of resources of `type`, if the link may be followed. */
  allowed: (link: string, type: string) => string | undefined
  read: (address: string) => Promise<Answer>
  clock: () => Instant
}

/**
 * Reads the pages after the first, until there are no more or the oldest entry is older than every look-back.
 *
 * Edge:    reads no more pages and resources than their budgets, no address twice, and only links that the reader
 *          allows.
 * Missing: unread pages, and a count of the server that is larger than what came, make the answer `truncated`; left-out
 *          resources make it `over-budget`. The entries read are in the answer.
 */
export async function readAllPages(
  template: PrefetchTemplate,
  first: Answer,
  { allowed, read, clock }: PageReader,
): Promise<Answer> {
  const visited = new Set<string>()
  const entries = [...first.entries]
  let { next, total = 0 } = first
  for (let pages = 1; next !== undefined; pages += 1) {
    if (reachesBack(template, entries, clock())) return { entries }
    const address = allowed(next, template.type)
    if (entries.length >= maxResources) return cut(entries, 'over-budget')
    if (address === undefined || visited.has(address) || pages >= maxPages) return cut(entries, 'truncated')
    visited.add(address)
    const page = await read(address)
    entries.push(...page.entries)
    if (page.why !== undefined) return cut(entries, page.why)
    total = Math.max(total, page.total ?? 0)
    next = page.next
  }
  if (entries.length > maxResources) return cut(entries, 'over-budget')
  return hasAllMatches(template, { entries, total }, clock()) ? { entries } : cut(entries, 'truncated')
}

/**
 * Is an answer without further pages complete?
 *
 * Missing: not complete when the server counts more matches than it sent, unless those that came reach back far enough.
 */
export function hasAllMatches(template: PrefetchTemplate, { entries, total }: Answer, now: Instant): boolean {
  if (total === undefined || !hasFewerThan(total, entries, template.type)) return true
  return reachesBack(template, entries, now)
}

const cut = (entries: readonly unknown[], why: NonNullable<Answer['why']>): Answer => ({
  entries: entries.slice(0, maxResources),
  why,
})
