import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type TlsOptions } from 'node:tls'
import { afterAll, expect, test } from '@jest/globals'
import { tlsRules } from '../../src/gather/connector.js'

const folder = mkdtempSync(join(tmpdir(), 'tls-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A key and a certificate of this kind. */
function certificate(kind: 'rsa' | 'ec'): TlsOptions {
  const [key, cert] = [join(folder, `${kind}.key`), join(folder, `${kind}.pem`)]
  const how =
    kind === 'rsa' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const made = [...how, '-keyout', key, '-out', cert, '-subj', '/CN=localhost']
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '2', ...made], { stdio: 'ignore' })
  return { key: readFileSync(key), cert: readFileSync(cert) }
}
const certificates = { rsa: certificate('rsa'), ec: certificate('ec') }

/** The suite that a server of these options and we agree on, or `refused`. */
async function agreed(options: TlsOptions): Promise<string> {
  const server = createServer(options, (socket) => socket.on('error', () => socket.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const suite = await new Promise<string>((resolve) => {
    const socket = connect({ ...tlsRules, host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getCipher().standardName)
      socket.destroy()
    })
    socket.on('error', () => resolve('refused'))
  })
  await new Promise((resolve) => server.close(resolve))
  return suite
}

const tls12 = { maxVersion: 'TLSv1.2' } as const
const tls13 = { minVersion: 'TLSv1.3' } as const
test.each<[string, 'rsa' | 'ec', TlsOptions, string | RegExp]>([
  ['TLS 1.3', 'ec', tls13, /^TLS_AES/],
  ['TLS 1.3 with a group of 2,048 bits alone', 'ec', { ...tls13, ecdhCurve: 'ffdhe2048' }, 'refused'],
  ['TLS 1.3 with P-384 alone', 'ec', { ...tls13, ecdhCurve: 'P-384' }, /^TLS_AES/],
  ['TLS 1.2 with ECDHE and an RSA key', 'rsa', tls12, /^TLS_ECDHE_RSA_/],
  ['TLS 1.2 with ECDHE and CBC', 'rsa', { ...tls12, ciphers: 'ECDHE-RSA-AES256-SHA384' }, /_CBC_/],
  ['TLS 1.2 with DHE', 'rsa', { ...tls12, ciphers: 'DHE-RSA-AES256-GCM-SHA384', dhparam: 'auto' }, 'refused'],
  ['TLS 1.2 without a key exchange', 'rsa', { ...tls12, ciphers: 'AES256-GCM-SHA384' }, 'refused'],
])('SEC-028 a server that offers %s', async (_, kind, options, suite) => {
  expect(await agreed({ ...certificates[kind], ...options })).toMatch(suite)
})
