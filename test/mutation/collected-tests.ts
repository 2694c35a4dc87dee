import { expect } from 'expect'

/** One test as a file declared it. */
export interface CollectedTest {
  id: string
  run: () => unknown
}

const collected: CollectedTest[] = []
const names: string[] = []
let file = ''

/** Declares what follows as belonging to one file. */
export function collectInto(name: string): void {
  file = name
}

/** Every test declared so far. */
export const collectedTests = (): readonly CollectedTest[] => collected

function add(name: string, run: () => unknown): void {
  collected.push({ id: `${collected.length} ${[file, ...names, name].join(' > ')}`, run })
}

const each =
  (rows: readonly unknown[]) =>
  (name: string, run: (...row: never[]) => unknown): void => {
    rows.forEach((row, place) => {
      const cells = (Array.isArray(row) ? row : [row]) as never[]
      add(`${name} [${place}]`, () => run(...cells))
    })
  }

/** As jest's `describe`: the tests inside carry its name. */
export function describe(name: string, declare: () => void): void {
  names.push(name)
  declare()
  names.pop()
}

/** As jest's `test`, with `test.each` of rows; nothing runs before the runner asks for it. */
export const test = Object.assign(add, { each })
export { expect }
