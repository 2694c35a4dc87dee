import { expect, jest, test } from '@jest/globals'
import { tryCommand } from '../../src/cli/try-command.js'
import { catchPrinted } from './printed.js'

jest.setTimeout(60_000)

const printed = catchPrinted()

/** The lines that `--explain` prints about one card. */
async function linesOf(kind: string, ...args: readonly string[]): Promise<readonly string[]> {
  expect(await tryCommand([...args, '--explain'])).toBe(0)
  const cards = printed()
    .slice(printed().indexOf('\nCARDS\n'))
    .split(/\n(?= {2}[a-z-]+@)/)
  return (
    cards
      .find((card) => card.trim().startsWith(`${kind}@`))
      ?.trimEnd()
      .split('\n') ?? []
  )
}

test('a shown card names the row that holds, its conditions and their reasons', async () => {
  const [head, row, ...conditions] = await linesOf('ultrasound', 'antibiotic-48h-not-improving')

  expect(head).toMatch(/^ {2}ultrasound@\d+\.\d+\.\d+ SHOWN warning: No improvement at 48 h/)
  expect(row).toBe('    row no-improvement (left): holds')
  expect(conditions).toContain(
    '      holds: failed must be present, is present (no improvement at 48 h of antibiotics)',
  )
})

test('a hidden card names every row it was asked by, and what failed', async () => {
  const [head, ...lines] = await linesOf('ultrasound', 'antibiotic-47h-not-improving')

  expect(head).toMatch(/hidden: no-row$/)
  expect(lines).toContain('    row no-improvement (left): does not hold')
  expect(lines.some((line) => line.startsWith('      fails: failed must be present, is absent'))).toBe(true)
})

test('a card that has no row for this hook says so', async () => {
  const lines = await linesOf('lactation-suppressant', 'antibiotic-48h-not-improving')

  expect(lines).toEqual([expect.stringMatching(/hidden: no row of it is asked by this hook$/)])
})

test('a finding names the resources behind it', async () => {
  await tryCommand(['antibiotic-48h-not-improving', '--explain'])

  expect(printed()).toContain(
    '    + failed: no improvement at 48 h of antibiotics\n      MedicationRequest/med-6: dicloxacillin started\n',
  )
})

test('a patient the service does not speak about: the row of the gate, and the record it rests on', async () => {
  await tryCommand(['man-with-mastitis', '--explain'])

  expect(printed()).toContain(
    '  - in scope: recorded as male, without evidence of lactation or delivery (P3)\n    Patient/',
  )
  expect(printed()).toContain('\nCARDS\n  none was asked: not in scope\n')
})

test('each medicine on record is listed, with the reason why it is no cover', async () => {
  expect(await tryCommand(['antibiotic-48h-not-improving', '--explain'])).toBe(0)
  const text = printed()

  expect(text).toMatch(
    /\nMEDICINES\n( {2}Medication\w+\/\S+: .+: (may count as antibiotic cover|no antibiotic cover: .+)\n)+/,
  )
})
