import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestListener } from 'node:http'
import { openAudit } from '../../src/audit/open-audit.js'
import { buildAdminApp } from '../../src/http/admin/admin-app.js'
import { makeAuditors } from '../../src/http/admin/ask-auditor.js'
import { makeMetrics } from '../../src/http/admin/metrics.js'
import { auditorEntry } from '../entry.js'
import { again, libraryOf, newFolder, settingsIn, traceOf } from '../audit/rig.js'
import { listen, shut } from './site.js'

/** The admin listener over a store with some weeks of calls. */
export interface AuditSite {
  base: string
  token: string
  /** One call that is in the store. */
  invocationId: string
  close: () => Promise<void>
}

const dayMs = 86_400_000
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Starts it with five weeks of twelve calls each, half of the first cards accepted and a third overridden. */
export async function startAuditSite(): Promise<AuditSite> {
  const { base, server, serve } = await listen()
  const folder = newFolder()
  const library = libraryOf()
  const token = 'zz-admin-token-of-the-test-0123456789'
  const tokenFile = join(folder, 'token')
  writeFileSync(tokenFile, token)
  const settings = {
    ...settingsIn(folder),
    canonicalBase: 'https://cds.example.org',
    admin: { port: 0, host: '127.0.0.1', tokenFile },
  }
  const [client] = settings.clients
  if (!client) throw new Error('no client')
  const metrics = makeMetrics(
    'test',
    settings.clients.map(({ id }) => id),
  )
  const audit = await openAudit({
    ...{ settings, engine: 'test', pack: library.pack, clock: Date.now, log: silent, meter: metrics.meter },
  })
  const call = await traceOf(library)
  let invocationId = ''
  for (let number = 0; number < 60; number += 1) {
    const at = Date.now() - (5 + Math.floor(number / 12) * 7) * dayMs + number * 60_000
    const made = again(call, at)
    invocationId = made.invocationId
    await audit.record(made)
    const uuid = made.considered.find(({ wire }) => wire)?.wire?.uuid ?? ''
    const said = {
      card: uuid,
      acceptedSuggestions: [],
      outcomeTimestamp: new Date(at + 60_000).toISOString(),
    }
    if (number % 6 === 5) continue
    const item =
      number % 2 === 0
        ? { ...said, outcome: 'accepted' as const, shape: 'standard' as const }
        : {
            ...{ ...said, outcome: 'overridden' as const, shape: 'standard' as const },
            reason: { code: 'patient-declines' },
          }
    await audit.feedback(client, 'mastitis-patient-view', [item], at + 60_000)
  }
  const app = buildAdminApp({
    ...{ settings, registry: metrics.registry, archive: audit.archive },
    ...{ auditors: makeAuditors({ settings, program: auditorEntry }), note: () => undefined },
  })
  serve(app as RequestListener)
  return {
    ...{ base, token, invocationId },
    close: async () => {
      await shut(server)
      await audit.close()
    },
  }
}
