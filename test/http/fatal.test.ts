import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { serviceEntry } from '../entry.js'

/** Runs the service until it ends by itself. */
function run(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, serviceEntry, {
    env: { PATH, AUDIT_DATABASE: 'memory:', ...env },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

test('SEC-085 an uncaught error ends the process with exit code 1 and one line of JSON without a stack', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  try {
    const { code, output } = await run({ PORT: String((taken.address() as AddressInfo).port) })
    const lines = output.trim().split('\n')

    expect(code).toBe(1)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      next: expect.stringContaining('PORT') as unknown,
    })
    expect(output).not.toMatch(/\n\s+at /)
  } finally {
    taken.close()
  }
})

test('SEC-001 SEC-093 refused settings end the process with exit code 1 before it listens, and each fault is named', async () => {
  const { code, output } = await run({ NODE_ENV: 'production', PORT: 'x' })

  expect(code).toBe(1)
  expect(output).toContain('PORT')
  expect(output).not.toContain('listening')
})
