import type { AddressInfo } from 'node:net'
import type { CallLine } from '../../src/http/call.js'
import { makePublicServer } from '../../src/http/server.js'
import { makeService } from '../../src/service/service.js'
import type { Service } from '../../src/service/service.js'
import type { Settings } from '../../src/config/settings.js'
import { aClient, someSettings } from './rig.js'

/** The whole service on a free port: real content, real rules, real gathering. */
export interface Whole {
  base: string
  service: Service
  lines: CallLine[]
  close: () => Promise<void>
}

/** The moment all fixtures are told at. */
export const storyTime = Date.parse('2026-03-03T09:00:00Z')

/** Starts the whole service; its clock stands still at the moment of the fixtures. */
export async function startWhole(change: Partial<Settings> = {}, clock = () => storyTime): Promise<Whole> {
  const lines: CallLine[] = []
  const clients = [aClient({ allowAnyFhirServer: true })]
  const settings = someSettings({ clients, ...change })
  const service = await makeService(settings, { note: (line) => lines.push(line), clock })
  return { service, lines, ...(await listening(service, settings)) }
}

/** Puts a service on a free port. */
export async function listening(
  service: Service,
  settings: Settings,
): Promise<Pick<Whole, 'base' | 'close'>> {
  const server = makePublicServer(service.app, settings)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await service.close()
    },
  }
}
