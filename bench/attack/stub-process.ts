import { fork } from 'node:child_process'

/** The FHIR server of the attack, in a process of its own. */
export interface Stub {
  port: number
  /** Begins to answer, with this certificate. */
  serve: (tls: { key: string; cert: string }) => void
  stop: () => void
}

/** Starts the FHIR server; the port is known before the certificate, which names no port. */
export function startStub(): Promise<Stub> {
  const child = fork('bench/attack/stub-fhir.ts', { execArgv: ['--import', 'tsx'], stdio: 'inherit' })
  const end = (): boolean => child.kill('SIGKILL')
  process.once('exit', end)
  return new Promise((done, failed) => {
    child.once('exit', (code) => failed(new Error(`the stub FHIR server ended with ${code ?? 'a signal'}`)))
    child.once('message', (message) => {
      done({
        port: (message as { port: number }).port,
        serve: (tls) => child.send(tls),
        stop: () => {
          process.off('exit', end)
          end()
        },
      })
    })
  })
}
