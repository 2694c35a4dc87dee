import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { consider } from './ask.js'
import { allCases, expectedFile } from './case-file.js'
import { withoutIds } from './outcome.js'

/** Writes `expected/` of every card anew from its cases: `npm run cards:accept`, then read the diff. */
const wanted = new Map<string, string>()
for (const promise of allCases().filter(({ expect }) => expect === 'shown')) {
  const wire = (await consider(promise)).find(({ kind }) => kind === promise.kind)?.wire
  if (wire) wanted.set(expectedFile(promise), `${JSON.stringify(withoutIds(wire), null, 2)}\n`)
}
for (const kind of readdirSync('cards').filter((name) => existsSync(join('cards', name, 'expected')))) {
  for (const name of readdirSync(join('cards', kind, 'expected')))
    if (!wanted.has(join('cards', kind, 'expected', name))) rmSync(join('cards', kind, 'expected', name))
}
for (const [file, text] of wanted) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
process.stdout.write(`${wanted.size} expected cards written; read the diff before you commit\n`)
