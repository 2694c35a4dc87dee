import type { ComponentChildren } from 'preact'

const inline =
  /\\([!-/:-@[-`{-~])|\*\*([^*\n]{1,2000})\*\*|`([^`\n]{1,400})`|\[([^\]\n]{1,400})\]\(([^()\s]{1,2000})\)/

/** Only addresses of the web become links; everything else stays text. */
const isWeb = (address: string): boolean =>
  URL.canParse(address) && ['https:', 'http:'].includes(new URL(address).protocol)

/** Bold, code and links of one line; a backslash takes the meaning from what follows. Everything else is text. */
export function inlineNodes(text: string): ComponentChildren[] {
  const nodes: ComponentChildren[] = []
  let rest = text
  for (;;) {
    const match = inline.exec(rest)
    if (!match) break
    const [whole, escaped, strong, code, label, address] = match
    if (match.index > 0) nodes.push(rest.slice(0, match.index))
    if (escaped !== undefined) nodes.push(escaped)
    else if (strong !== undefined) nodes.push(<strong>{inlineNodes(strong)}</strong>)
    else if (code !== undefined) nodes.push(<code>{code}</code>)
    else if (label !== undefined && address !== undefined && isWeb(address))
      nodes.push(
        <a href={address} target="_blank" rel="noopener noreferrer">
          {inlineNodes(label)}
        </a>,
      )
    else nodes.push(whole)
    rest = rest.slice(match.index + whole.length)
  }
  if (rest !== '') nodes.push(rest)
  return nodes
}

interface Item {
  text: string
  inner: string[]
}

/** The list that begins at `from`: items, and items of items. */
function listAt(lines: readonly string[], from: number): { items: Item[]; to: number } {
  const items: Item[] = []
  let at = from
  for (; at < lines.length; at += 1) {
    const [, indent = '', text = ''] = /^(\s*)- (.*)$/.exec(lines[at] ?? '') ?? []
    if (text === '') break
    const last = items.at(-1)
    if (indent.length >= 2 && last) last.inner.push(text)
    else items.push({ text, inner: [] })
  }
  return { items, to: at }
}

const list = (items: readonly Item[]): ComponentChildren => (
  <ul>
    {items.map(({ text, inner }) => (
      <li>
        {inlineNodes(text)}
        {inner.length > 0 && list(inner.map((each) => ({ text: each, inner: [] })))}
      </li>
    ))}
  </ul>
)

/**
 * The Markdown of a card as nodes: headings, lists, paragraphs, bold, code, web links.
 *
 * Shape: text becomes text nodes and never markup, so that no word of a chart can turn into an element.
 */
export function Markdown({ text }: { text: string }) {
  const lines = text.split('\n')
  const nodes: ComponentChildren[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const heading = /^#{1,6} (.*)$/.exec(line)?.[1]
    if (line.trim() === '') continue
    if (heading !== undefined) {
      nodes.push(<h4>{inlineNodes(heading)}</h4>)
      continue
    }
    const { items, to } = listAt(lines, at)
    if (items.length > 0) {
      nodes.push(list(items))
      at = to - 1
    } else nodes.push(<p>{inlineNodes(line)}</p>)
  }
  return <>{nodes}</>
}
