import { budgets } from '../protocol/limits.js'
import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import type { Instant } from '../units/units.js'
import type { Answer } from './answer.js'
import { reachesBack } from './complete.js'

const maxPages = budgets.fhirPages.most
const maxResources = budgets.resources.most

/** How pages are reached: which links may be followed, and how one is read. */
export interface PageReader {
  /** The address behind a `next` link, if it may be asked. */
  allowed: (link: string) => string | undefined
  read: (address: string) => Promise<Answer>
  clock: () => Instant
}

/**
 * Reads the pages after the first, until there are no more or the oldest entry is older than any rule looks.
 *
 * Edge:    no more pages and resources than their budgets; no address twice; only links the reader allows.
 * Missing: pages left unread make the answer `truncated`, resources left out `over-budget`; what was read comes with it.
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
