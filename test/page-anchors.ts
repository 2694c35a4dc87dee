/** The ids that a page sets by itself. */
export const idsIn = (page: string): readonly string[] =>
  [...page.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id)

/** Everything in a Markdown page that a link can lead to: its headings and its own ids. */
export function anchorsIn(page: string): ReadonlySet<string> {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
  return new Set([...headings, ...idsIn(page)])
}
