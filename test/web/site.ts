import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomBytes, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeService } from '../../src/service/service.js'
import type { Service } from '../../src/service/service.js'
import type { Settings } from '../../src/config/settings.js'
import { aClient, auditIn, someSettings } from '../http/rig.js'

/** A server that is listening before anybody knows what it will say, so that its own address can be among its settings. */
export async function listen(): Promise<{
  base: string
  server: Server
  serve: (listener: RequestListener) => void
}> {
  let answer: RequestListener = (_req, res) => {
    res.writeHead(503).end()
  }
  const server = createServer((req, res) => {
    answer(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { base, server, serve: (listener) => (answer = listener) }
}

export const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** The key files that production wants, in a folder of their own. */
export function auditWithKeys(): Settings['audit'] {
  const folder = mkdtempSync(join(tmpdir(), 'mastitis-web-'))
  const [keyFile, signingKeyFile] = [join(folder, 'pseudonym.key'), join(folder, 'signing.pem')]
  writeFileSync(keyFile, `1 ${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(signingKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  return { ...auditIn(folder), keyFile, signingKeyFile }
}

/** The whole service with its pages, told now, on a free port, with an audit of its own in a file. */
export interface Site {
  base: string
  service: Service
  database: string
  close: () => Promise<void>
}

/** Starts it; what `change` says is set over the settings of a development process. */
export async function startSite(change: Partial<Settings> = {}): Promise<Site> {
  const { base, server, serve } = await listen()
  const folder = mkdtempSync(join(tmpdir(), 'mastitis-web-'))
  const audit = auditIn(folder)
  const settings = someSettings({
    publicUrl: base,
    canonicalBase: base,
    clients: [aClient({ allowAnyFhirServer: true })],
    audit,
    ...change,
  })
  const service = await makeService(settings, { note: () => undefined }).catch(async (error: unknown) => {
    await shut(server)
    throw error
  })
  serve(service.app)
  return {
    ...{ base, service, database: audit.database },
    close: async () => {
      await shut(server)
      await service.close()
    },
  }
}
