import { expect, test } from '@jest/globals'
import { auditCommand } from '../../src/cli/audit-command.js'
import { cardsCommand } from '../../src/cli/cards-command.js'
import { codesCommand } from '../../src/cli/codes-command.js'
import { configCommand } from '../../src/cli/config-command.js'
import { docsCommand } from '../../src/cli/docs-command.js'
import { licencesCommand } from '../../src/cli/licences-command.js'
import { quietCommand } from '../../src/cli/quiet-command.js'
import { sbomCommand } from '../../src/cli/sbom-command.js'
import { tryCommand } from '../../src/cli/try-command.js'
import { catchPrinted } from './printed.js'

const printed = catchPrinted()

const questions = [
  ...[
    'explain',
    'metrics',
    'replay',
    'export',
    'verify',
    'anchor',
    'comments',
    'purge',
    'report',
    'public-key',
  ],
]

test.each([
  ['try', tryCommand, []],
  ['cards', cardsCommand, []],
  ['config', configCommand, []],
  ['codes', codesCommand, []],
  ['docs', docsCommand, []],
  ['quiet', quietCommand, []],
  ['sbom', sbomCommand, []],
  ['licences', licencesCommand, []],
  ['audit', auditCommand, []],
  ...questions.map((name) => [`audit ${name}`, auditCommand, [name]] as const),
] as const)('%s --help gives an example, and says how it fails', async (_, command, before) => {
  expect(await command([...before, '--help'])).toBe(0)
  expect(printed()).toMatch(/^Examples?: \S/m)
  expect(printed()).toMatch(/^Exit code /m)
})

test('every question of audit --help is one whose own help was read above', async () => {
  await auditCommand(['--help'])

  expect([...printed().matchAll(/^ {2}([a-z-]+) {2,}/gm)].map(([, name]) => name).sort()).toEqual(
    [...questions].sort(),
  )
})
