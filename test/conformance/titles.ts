import { readFileSync } from 'node:fs'

/** Ids at the start of a title: "A5 SEC-040 a body …" → A5, SEC-040. */
const leadingIds = /(?:\(|^)\s*['"`]((?:(?:[A-Z]\d{1,2}|SEC-\d{3}|AUD-\d{3}):? )+)/gm

/** Every id that some test title (or row of a table of titles) of a file starts with. */
export function idsIn(file: string): ReadonlySet<string> {
  const text = readFileSync(file, 'utf8')
  const rows = text.matchAll(/\[\s*['"`]((?:(?:[A-Z]\d{1,2}|SEC-\d{3}|AUD-\d{3}):? )+)/g)
  return new Set(
    [...text.matchAll(leadingIds), ...rows].flatMap(([, ids = '']) =>
      ids.trim().replaceAll(':', '').split(' '),
    ),
  )
}
