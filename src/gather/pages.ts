import { budgets } from '../protocol/limits.js'
import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import type { Instant } from '../units/units.js'
import type { Answer } from './answer.js'
import { reachesBack } from './complete.js'

const maxPages = budgets.fhirPages.most
const maxResources = budgets.resources.most

/** Reads further pages: decides which links may be followed, and reads a page. */
export interface PageReader {
  /** The address of a `next` link, if the link may be followed. */
  allowed: (link: string) => string | undefined
  read: (address: string) => Promise<Answer>
  clock: () => Instant
}

/**
 * Reads the pages after the first, until there are no more or the oldest entry is older than every look-back.
 *
 * Edge:    reads no more pages and resources than their budgets, no address twice, and only links that the reader
 *          allows.
 * Missing: unread pages make the answer `truncated`, left-out resources make it `over-budget`; the entries read are in
 *          the answer.
 */
export async function readAllPages(
  template: PrefetchTemplate,
  first: Answer,
  { allowed, read, clock }: PageReader,
): Promise<Answer> {
  const visited = new Set<string>()
  const entries = [...first.entries]
  let { next } = first
  for (let pages = 1; next !== undefined; pages += 1) {
    if (reachesBack(template, entries, clock())) break
    const address = allowed(next)
    if (entries.length >= maxResources) return cut(entries, 'over-budget')
    if (address === undefined || visited.has(address) || pages >= maxPages) return cut(entries, 'truncated')
    visited.add(address)
    const page = await read(address)
    if (page.why !== undefined) return cut(entries, page.why)
    entries.push(...page.entries)
    next = page.next
  }
  return entries.length > maxResources ? cut(entries, 'over-budget') : { entries }
}

const cut = (entries: readonly unknown[], why: NonNullable<Answer['why']>): Answer => ({
  entries: entries.slice(0, maxResources),
  why,
})
