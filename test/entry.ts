import { join } from 'node:path'
import { builtBeforeChanges } from '../bench/build-age.js'

const fromSources = builtBeforeChanges()

/**
 * What node is given to run a program of the service: what was built, if nothing changed since; else its sources, which
 * takes a second longer each time.
 */
const entry = (program: string): readonly string[] =>
  fromSources
    ? ['--import', import.meta.resolve('tsx'), join(process.cwd(), 'src', `${program}.ts`)]
    : [join(process.cwd(), 'dist', `${program}.js`)]

export const serviceEntry = entry('main')
export const commandEntry = entry('cli/main')
export const auditorEntry = entry('auditor/main')
