import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A balancer as small as they come: asks for readiness, takes turns, never tries twice. */
export interface Balancer {
  base: string
  /** Adds a backend, and waits until it is asked. */
  add: (base: string) => Promise<void>
  close: () => Promise<void>
}

const lookEveryMs = 100

/** Starts a balancer over services that come and go. */
export async function startBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true })
  const backends = new Map<string, boolean>()
  let turn = 0

  const look = async (base: string): Promise<void> => {
    const isReady = await fetch(`${base}/health/ready`).then(
      async (response) => (await response.text()) !== '' && response.ok,
      () => undefined,
    )
    if (isReady === undefined) backends.delete(base)
    else backends.set(base, isReady)
  }
  const looking = setInterval(() => {
    for (const base of backends.keys()) void look(base)
  }, lookEveryMs)

  const forward = (req: IncomingMessage, res: ServerResponse): void => {
    const ready = [...backends].filter(([, isReady]) => isReady)
    const [base] = ready[turn++ % ready.length] ?? []
    const fail = (): void => {
      res.writeHead(502).end()
    }
    if (base === undefined) {
      fail()
      return
    }
    const { method = 'GET', headers, url = '/' } = req
    const onward = request(base + url, { method, headers, agent }, (answer) => {
      const { connection: _, ...rest } = answer.headers
      res.writeHead(answer.statusCode ?? 502, rest)
      answer.pipe(res)
    })
    onward.once('error', fail)
    req.pipe(onward)
  }

  const server = createServer(forward)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: look,
    close: async () => {
      clearInterval(looking)
      agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
