import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import type { Instant } from '../units/units.js'
import type { Answer } from './answer.js'
import { reachesBack } from './complete.js'

const maxPages = 20
const maxResources = 2_000

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
 * Edge:    at most 20 pages and 2,000 resources; no address twice; only links the reader allows.
 * Missing: pages left unread make the answer `truncated`; what was read comes with it.
 */
export async function readPages(
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
    const spent = pages >= maxPages || entries.length >= maxResources
    if (address === undefined || visited.has(address) || spent) return cut(entries, 'truncated')
    visited.add(address)
    const page = await read(address)
    if (page.why !== undefined) return cut(entries, page.why)
    entries.push(...page.entries)
    next = page.next
  }
  return entries.length > maxResources ? cut(entries, 'truncated') : { entries }
}

const cut = (entries: readonly unknown[], why: NonNullable<Answer['why']>): Answer => ({
  entries: entries.slice(0, maxResources),
  why,
})
