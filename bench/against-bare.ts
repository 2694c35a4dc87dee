import { inTurns, warmUp } from './in-turns.js'
import type { Contestant, Measured, Plan } from './in-turns.js'
import type { ServerProcess } from './server-process.js'

/** Where calls of the service go in every section. */
export const viewPath = '/cds-services/mastitis-patient-view'

/** A contestant that sends these bodies to the service, without tokens. */
export const plainly = (server: ServerProcess, bodies: readonly string[]): Contestant => ({
  name: server.name,
  server,
  call: () => ({ path: viewPath, bodies }),
})

/** The answer to the first call that a contestant would send. */
export async function answerOf({ server, call }: Contestant): Promise<string> {
  const { path, bodies, authorizations } = await call(1)
  const authorization = authorizations?.[0]
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST',
    body: bodies[0] ?? '',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
  })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${server.name} answered ${response.status}: ${text}`)
  return text
}

/**
 * Measures services against bare Express in the same rounds: the same bodies go in, the same bytes come out.
 *
 * Shape: bare Express comes first in the result. All are warm before anything is counted; the bytes are the answer of the
 *        last service once it is.
 */
export async function againstBare(
  bare: ServerProcess,
  services: readonly Contestant[],
  bodies: readonly string[],
  { warm, ...plan }: Plan & { warm: number },
): Promise<readonly Measured[]> {
  const yardstick: Contestant = { name: bare.name, server: bare, call: () => ({ path: '/call', bodies }) }
  await warmUp(services, warm)
  const answer = await answerOf(services.at(-1) as Contestant)
  await fetch(`http://127.0.0.1:${bare.port}/answer`, { method: 'POST', body: answer })
  await warmUp([yardstick], warm)
  return inTurns([yardstick, ...services], plan)
}
