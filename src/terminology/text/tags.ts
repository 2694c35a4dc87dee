/** What stands in the place of a tag or entity: nothing but a gap, the end of a line, the border of a cell, a box, or the end of a label. */
export interface Tag {
  as: 'gap' | 'break' | 'tab' | 'box' | 'ticked' | 'joined' | 'label'
  /** Where the text goes on. */
  end: number
}

const shape = /<(\/?)([a-z][a-z0-9:_-]{0,40})(\s[^<>]{0,300})?\/?>/iy
const entityShape = /&(#?[a-z0-9]{2,6});/iy

const lines = new Set(
  'br p div li ul ol dl dt dd tr table thead tbody h1 h2 h3 h4 h5 h6 hr section article header footer body html head title pre caption'.split(
    ' ',
  ),
)
const cells = new Set(['td', 'th'])
const inline = new Set(
  'a b i u s em strong span font small big sub sup mark code label center abbr content text paragraph'.split(
    ' ',
  ),
)

/** How far behind an opening tag of another name its end tag is looked for. */
const longestElement = 400

/**
 * The tag of HTML or XML, or the entity, that stands at this place.
 *
 * Shape:   a tag of a line ends a line, one of a cell is the border of a cell, a check box is a box. The name of any other element is a label
 *          of what stands in it: `<redness>no</redness>`.
 * Missing: undefined when none stands here; a name in angle brackets without an end tag is none.
 */
export function tagAt(text: string, at: number): Tag | undefined {
  if (text.charAt(at) === '&') return entityAt(text, at)
  shape.lastIndex = at
  const found = shape.exec(text)
  if (!found) return undefined
  const [whole, closes = '', written = '', rest = ''] = found
  const end = at + whole.length
  const name = written.toLowerCase()
  if (lines.has(name)) return { as: 'break', end }
  if (cells.has(name)) return { as: closes === '' ? 'gap' : 'tab', end }
  if (name === 'input') return inputAs(rest.toLowerCase(), end)
  if (inline.has(name)) return { as: 'gap', end }
  if (closes !== '') return { as: 'break', end }
  if (rest !== '' || whole.endsWith('/>')) return undefined
  const isClosed = text
    .slice(end, end + longestElement)
    .toLowerCase()
    .includes(`</${name}>`)
  return isClosed ? { as: 'label', end } : undefined
}

function inputAs(attributes: string, end: number): Tag {
  if (!/checkbox|radio/.test(attributes)) return { as: 'gap', end }
  return { as: /\schecked/.test(attributes) ? 'ticked' : 'box', end }
}

const ofEntity: ReadonlyMap<string, Tag['as']> = new Map([
  ['nbsp', 'gap'],
  ['#160', 'gap'],
  ['quot', 'gap'],
  ['#34', 'gap'],
  ['apos', 'joined'],
  ['#39', 'joined'],
  ['rsquo', 'joined'],
  ['#8217', 'joined'],
])

function entityAt(text: string, at: number): Tag | undefined {
  entityShape.lastIndex = at
  const found = entityShape.exec(text)
  const as = found && ofEntity.get((found[1] ?? '').toLowerCase())
  return as ? { as, end: at + found[0].length } : undefined
}
