import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a FHIR server behaves at the moment. */
export type FhirMood = 'well' | 'hangs' | 'resets' | 'answers 500' | 'answers HTML'

/** A FHIR server in front of another, whose mood can be changed. */
export interface FaultyFhir {
  base: string
  mood: (now: FhirMood) => void
  /** Where the healthy answers come from. */
  behind: (base: string) => void
  close: () => void
}

export async function startFaultyFhir(): Promise<FaultyFhir> {
  let mood: FhirMood = 'well'
  let behind = ''
  const pass = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      const answer = await fetch(`${behind}${req.url ?? ''}`, {
        headers: { accept: 'application/fhir+json' },
      })
      res.writeHead(answer.status, { 'content-type': 'application/fhir+json' })
      res.end(await answer.text())
    } catch {
      res.destroy()
    }
  }
  const server = createServer((req, res) => {
    if (mood === 'hangs') return
    if (mood === 'resets') res.destroy()
    else if (mood === 'answers 500') res.writeHead(500).end()
    else if (mood === 'answers HTML') res.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>')
    else void pass(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: (now) => (mood = now),
    behind: (base) => (behind = base),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
