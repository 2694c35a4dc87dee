import { writeFileSync } from 'node:fs'
import { pages } from './pages.js'

for (const { file, render } of pages) writeFileSync(file, render())
