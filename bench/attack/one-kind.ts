import { join } from 'node:path'
import { attack } from './attack.js'
import { kinds } from './kinds/all.js'
import { yieldToOthers } from './urgency.js'

const [name, root = '', seconds] = process.argv.slice(2)
const kind = kinds.find((each) => each.name === name)
if (!kind) throw new Error(`there is no kind ${name ?? ''}`)

/** One attack, told to the process that asked for it. */
const line = await attack(kind, {
  root,
  entry: [join('dist', 'main.js')],
  seconds: Number(seconds),
  ready: yieldToOthers,
})
process.send?.({ ...line, answers: [...line.answers] }, () => process.exit())
