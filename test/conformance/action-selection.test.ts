import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import type { WireCard } from '../../src/cards/chosen-card.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture } from '../../src/cli/fixture.js'
import { aClient, auditIn, post } from '../http/rig.js'
import { startWhole } from '../http/whole.js'
import { readAudit } from '../operate/audit-of.js'

const folder = mkdtempSync(join(tmpdir(), 'action-selection-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
const asked = requestBody({ fixture, hook: 'patient-view', orders: [] })

/** What a service with one such client answers and records. */
async function told(id: string, actionSelectionBehavior: boolean) {
  const audit = auditIn(join(folder, id))
  const clients = [aClient({ id, actionSelectionBehavior })]
  const whole = await startWhole({ clients, audit }, () => fixture.at)
  const { status, body } = await post(`${whole.base}/cds-services/mastitis-patient-view`, asked)
  await whole.close()
  expect(status).toBe(200)
  const { records } = await readAudit(audit.database)
  return {
    suggestions: (body as { cards: WireCard[] }).cards.flatMap(({ suggestions = [] }) => suggestions),
    recorded: records
      .filter(({ type }) => type === 'invocation')
      .flatMap((record) => record.body['cards'] as { contentHash: string }[]),
  }
}

test('R7 actionSelectionBehavior is all on each suggestion for a client configured for it, and is never sent to another', async () => {
  const configured = await told('configured', true)
  const other = await told('other', false)

  expect(configured.suggestions.length).toBeGreaterThan(0)
  for (const suggestion of configured.suggestions)
    expect(suggestion).toMatchObject({ actionSelectionBehavior: 'all', actions: [{ type: 'create' }] })
  expect(other.suggestions).toHaveLength(configured.suggestions.length)
  for (const suggestion of other.suggestions) expect(suggestion).not.toHaveProperty('actionSelectionBehavior')

  const hashes = other.recorded.map(({ contentHash }) => contentHash)
  expect(hashes.length).toBeGreaterThan(0)
  expect(configured.recorded.map(({ contentHash }) => contentHash)).toEqual(hashes)
  expect(JSON.stringify(configured.recorded)).not.toContain('actionSelection')
})
