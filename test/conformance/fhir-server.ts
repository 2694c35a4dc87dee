import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request that a FHIR server of a test saw. */
export interface Seen {
  method: string
  url: string
  authorization: string | undefined
  accept: string | undefined
}

/** A FHIR server under a test's control: how it behaves, what it saw. */
export interface FhirStub {
  base: string
  seen: Seen[]
  behave: (listener: RequestListener) => void
  close: () => Promise<void>
}

/** Answers with JSON of FHIR. */
export const answer = (
  res: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void => {
  res.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(JSON.stringify(body))
}

export const emptyBundle = { resourceType: 'Bundle', type: 'searchset', total: 0 }

/** Answers reads with the patient of the URL, and every search with nothing. */
export const quietServer = (req: IncomingMessage, res: ServerResponse): void => {
  const id = /\/Patient\/([^/?]+)$/.exec(req.url ?? '')?.[1]
  answer(res, id === undefined ? emptyBundle : { resourceType: 'Patient', id, gender: 'female' })
}

/** Starts a FHIR server on a free port. */
export async function startFhir(): Promise<FhirStub> {
  let listener: RequestListener = quietServer
  const seen: Seen[] = []
  const server = createServer((req, res) => {
    const { authorization, accept } = req.headers
    seen.push({ method: req.method ?? '', url: req.url ?? '', authorization, accept })
    listener(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/r4`,
    seen,
    behave: (next) => {
      listener = next
      seen.length = 0
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
