import { describe, expect, test } from '@jest/globals'
import type { LookupAddress } from 'node:dns'
import { addressRule, isPrivateNetwork } from '../../src/gather/addresses.js'
import { makeEgress } from '../../src/gather/egress.js'
import { makeGather } from '../../src/gather/gather.js'
import type { Resolve } from '../../src/gather/look-up.js'
import { refusalCode } from '../../src/gather/refusal.js'
import { allowedBase } from '../../src/gather/safe-url.js'
import {
  answerJson,
  clientFor,
  fullPrefetch,
  hookRequest,
  now,
  sourceOf,
  withCanary,
  withServer,
} from './calls.js'

const rules = { clientId: 'test', allowNetworks: [], maxBytes: 10_000, jsonOnly: true }
const resolveTo =
  (...addresses: string[]): Resolve =>
  (_, done) =>
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

describe('SEC-021 the addresses that may be reached', () => {
  test.each([
    ['93.184.216.34', true, true],
    ['2606:2800:220:1:248:1893:25c8:1946', true, true],
    ['127.0.0.1', false, true],
    ['127.9.9.9', false, true],
    ['::1', false, true],
    ['::ffff:127.0.0.1', false, true],
    ['10.1.2.3', false, false],
    ['::ffff:10.1.2.3', false, false],
    ['::ffff:a01:203', false, false],
    ['172.15.255.255', true, true],
    ['172.16.0.1', false, false],
    ['172.31.255.255', false, false],
    ['172.32.0.1', true, true],
    ['192.168.1.1', false, false],
    ['169.254.169.254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['fd00:ec2::254', false, false],
    ['100.100.100.200', false, false],
    ['168.63.129.16', false, false],
    ['0.0.0.0', false, false],
    ['::', false, false],
    ['::7f00:1', false, false],
    ['224.0.0.1', false, false],
    ['255.255.255.255', false, false],
    ['fe80::1', false, false],
    ['fe80::1%eth0', false, false],
    ['fc00::1', false, false],
    ['ff02::1', false, false],
    ['64:ff9b::7f00:1', false, false],
    ['::ffff:0:10.0.0.1', false, false],
    ['3fff::1', false, false],
    ['5f00::1', false, false],
    ['2002:7f00:1::', false, false],
    ['not an address', false, false],
    ['', false, false],
  ])('SEC-021 %s: production %s, development %s', (address, production, development) => {
    expect(addressRule([], 'production')(address)).toBe(production)
    expect(addressRule([], 'development')(address)).toBe(development)
  })

  test('SEC-021 a listed network is allowed, and no other', () => {
    const allowed = addressRule(['10.1.0.0/16', 'fd12::/16', '192.168.7.7', 'nonsense'], 'production')

    expect(allowed('10.1.255.255')).toBe(true)
    expect(allowed('::ffff:10.1.0.1')).toBe(true)
    expect(allowed('10.2.0.0')).toBe(false)
    expect(allowed('fd12:1::5')).toBe(true)
    expect(allowed('fd13::5')).toBe(false)
    expect(allowed('192.168.7.7')).toBe(true)
    expect(allowed('192.168.7.8')).toBe(false)
  })

  test.each([
    ['10.0.0.0/8', true],
    ['10.0.0.0/7', false],
    ['172.16.0.0/12', true],
    ['172.16.0.0/11', false],
    ['192.168.0.0/16', true],
    ['192.168.0.0/15', false],
    ['100.64.0.0/10', true],
    ['127.0.0.1', true],
    ['198.18.0.0/15', true],
    ['fc00::/7', true],
    ['fc00::/6', false],
    ['fd12:3456::/32', true],
    ['::1', true],
    ['::1/127', false],
    ['0.0.0.0/0', false],
    ['0.0.0.0/1', false],
    ['8.8.8.0/24', false],
    ['169.254.0.0/16', false],
    ['169.254.169.254', false],
    ['::/0', false],
    ['::/1', false],
    ['::/96', false],
    ['::ffff:0:0/96', false],
    ['::ffff:10.0.0.0/104', false],
    ['::ffff:10.0.0.5', false],
    ['64:ff9b::/96', false],
    ['64:ff9b:1::/48', false],
    ['2002::/16', false],
    ['2002:a00::/24', false],
    ['2001::/23', false],
    ['2000::/3', false],
    ['fe80::/10', false],
    ['fd12::1%eth0', false],
    ['10.0.0.0/33', false],
    ['10.0.0.0/8/8', false],
    ['10.0.0.0/', false],
    ['10.0.0.0/-1', false],
    ['10.0.0', false],
    ['nonsense', false],
    ['', false],
  ])('SEC-021 a client may list %j: %s', (network, may) => {
    expect(isPrivateNetwork(network)).toBe(may)
  })

  const spelledTwice = [
    '10.0.0.5',
    '::ffff:10.0.0.5',
    '64:ff9b::a00:5',
    '2002:a00:5::1',
    '169.254.169.254',
    '::7f00:1',
  ]
  test.each(['::/0', '::/1', '0.0.0.0/0', '::ffff:0:0/96', '64:ff9b::/96', '2002::/16'])(
    'SEC-021 %s in the list opens no private address in any notation',
    (network) => {
      expect(spelledTwice.filter(addressRule([network], 'production'))).toEqual([])
    },
  )

  test.each(['100.100.100.200', '::ffff:100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254'])(
    'SEC-021 the metadata service %s is refused although it is in a listed network',
    (address) => {
      expect(addressRule(['100.64.0.0/10', 'fc00::/7'], 'production')(address)).toBe(false)
    },
  )
})

describe('SEC-021 SEC-031 the guard for outgoing requests', () => {
  const codeOf = async (
    url: string,
    resolve: Resolve,
    mode: 'production' | 'development',
    allowNetworks: string[] = [],
  ) => {
    const egress = makeEgress({ mode, resolve })
    try {
      const response = await egress.fetch(url, {}, { ...rules, allowNetworks })
      return response.status
    } catch (error) {
      return refusalCode(error)
    } finally {
      await egress.close()
    }
  }

  test.each([
    ['loopback', ['127.0.0.1']],
    ['mapped loopback', ['::ffff:127.0.0.1']],
    ['a private address', ['10.0.0.5']],
    ['metadata', ['169.254.169.254']],
    ['one public and one private address', ['93.184.216.34', '127.0.0.1']],
  ])('SEC-021 in production a name that resolves to %s is not connected', async (_, addresses) => {
    await withCanary(async (port, connections) => {
      expect(await codeOf(`https://fhir.example.org:${port}/`, resolveTo(...addresses), 'production')).toBe(
        'not-allowed',
      )
      expect(connections()).toBe(0)
    })
  })

  test.each([
    ['127.0.0.1'],
    ['[::1]'],
    ['[::ffff:127.0.0.1]'],
    ['2130706433'],
    ['0x7f.1'],
    ['0177.0.0.1'],
    ['0'],
  ])('SEC-021 in production the address %s itself is not connected', async (host) => {
    await withCanary(async (port, connections) => {
      expect(await codeOf(`https://${host}:${port}/`, resolveTo(), 'production')).toBe('not-allowed')
      expect(connections()).toBe(0)
    })
  })

  test('SEC-021 a name is resolved once, and the connection goes to the address that was checked', async () => {
    let answers = 0
    const turncoat: Resolve = (name, done) => {
      answers += 1
      resolveTo(answers === 1 ? '127.0.0.1' : '10.0.0.1')(name, done)
    }
    await withServer(
      (_, res) => answerJson(res, {}),
      async (base) => {
        const url = base.replace('127.0.0.1', 'fhir.example.org')

        expect(await codeOf(url, turncoat, 'development')).toBe(200)
        expect(answers).toBe(1)
      },
    )
  })

  test('SEC-021 a private network that the client lists is reached', async () => {
    await withServer(
      (_, res) => answerJson(res, {}),
      async (base) => {
        const egress = makeEgress({ mode: 'production', resolve: resolveTo('127.0.0.1') })
        const listed = { ...rules, allowNetworks: ['127.0.0.0/8'] }
        const response = await fetch(base.replace('127.0.0.1', 'fhir.example.org'), {
          dispatcher: egress.through(listed),
        } as object)

        expect(response.status).toBe(200)
        await expect(
          fetch(base, { dispatcher: egress.through(rules) } as object).catch((error: unknown) =>
            refusalCode(error),
          ),
        ).resolves.toBe('not-allowed')
        await egress.close()
      },
    )
  })

  test('SEC-109 a name that does not resolve is unreachable', async () => {
    const fails: Resolve = (_, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))

    expect(await codeOf('https://fhir.example.org/', fails, 'production')).toBe('unreachable')
    expect(await codeOf('https://fhir.example.org/', resolveTo(), 'production')).toBe('unreachable')
  })

  test('SEC-022 fetch follows no redirect', async () => {
    await withCanary(async (port, connections) => {
      await withServer(
        (_, res) => res.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end(),
        async (base) => {
          expect(await codeOf(base, resolveTo('127.0.0.1'), 'development')).toBe('bad-answer')
          expect(connections()).toBe(0)
        },
      )
    })
  })

  test('SEC-011 SEC-028 fetch reads no more than its limit', async () => {
    await withServer(
      (req, res) => answerJson(res, { text: 'x'.repeat(Number(req.url?.slice(1)) - '{"text":""}'.length) }),
      async (base) => {
        expect(await codeOf(`${base}/10000`, resolveTo(), 'development')).toBe(200)
        expect(await codeOf(`${base}/10001`, resolveTo(), 'development')).toBe('over-budget')
      },
    )
  })

  test.each([
    ['http://fhir.example.org/'],
    ['https://a@fhir.example.org/'],
    ['ftp://fhir.example.org/'],
    ['nonsense'],
  ])('SEC-013 in production %s is not fetched', async (url) => {
    let resolved = 0
    const resolve: Resolve = (name, done) => {
      resolved += 1
      resolveTo('93.184.216.34')(name, done)
    }

    expect(await codeOf(url, resolve, 'production')).toBe('not-allowed')
    expect(resolved).toBe(0)
  })
})

describe('F8 SEC-020 fhirServer', () => {
  const allowed = { fhirServers: ['https://fhir.good.org/r4'], allowAnyFhirServer: false }
  const gatherFrom = async (
    fhirServer: string,
    fhirServers: string[],
    mode: 'production' | 'development',
    any = false,
  ) => {
    const resolved: string[] = []
    const egress = makeEgress({
      mode,
      resolve: (name, done) => {
        resolved.push(name)
        done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
      },
    })
    const gather = makeGather({ settings: { mode }, clock: () => now, egress })
    const prefetch = fullPrefetch()
    delete prefetch['conditions']
    const client = clientFor({ fhirServers, allowAnyFhirServer: any })
    const chart = await gather(hookRequest(prefetch, { fhirServer }), client)
    await egress.close()
    return { why: sourceOf(chart, 'conditions').why, resolved }
  }

  test.each([
    ['another host after a prefix', 'https://fhir.good.org.evil.org/r4'],
    ['user-info that looks like the host', 'https://fhir.good.org@evil.org/r4'],
    ['user-info', 'https://x:y@fhir.good.org/r4'],
    ['empty user-info', 'https://@fhir.good.org/r4'],
    ['a path that only starts alike', 'https://fhir.good.org/r4evil'],
    ['the parent path', 'https://fhir.good.org/'],
    ['escaped dots', 'https://fhir.good.org/r4/%2e%2e/admin'],
    ['escaped dots in capitals', 'https://fhir.good.org/r4/%2E%2E/admin'],
    ['dots', 'https://fhir.good.org/r4/../admin'],
    ['a backslash', 'https://fhir.good.org\\@evil.org/r4'],
    ['backslash dots', 'https://fhir.good.org/r4\\..\\admin'],
    ['another port', 'https://fhir.good.org:8443/r4'],
    ['http', 'http://fhir.good.org/r4'],
    ['a fragment', 'https://fhir.good.org/r4#x'],
    ['a query', 'https://fhir.good.org/r4?x=1'],
    ['an escaped slash', 'https://fhir.good.org/r4%2f..'],
    ['a Cyrillic look-alike', 'https://fhir.gооd.org/r4'],
    ['a full stop at the end', 'https://fhir.good.org./r4'],
    ['a blank', 'https://fhir.good.org /r4'],
    ['a tab inside', 'https://fhir.go\tod.org/r4'],
    ['file', 'file:///etc/passwd'],
    ['nothing', ''],
  ])('SEC-020 %s: refused before a name is resolved', async (_, fhirServer) => {
    for (const mode of ['production', 'development'] as const) {
      expect(await gatherFrom(fhirServer, ['https://fhir.good.org/r4'], mode)).toEqual({
        why: 'not-allowed',
        resolved: [],
      })
    }
  })

  /** Every way a server behind a proxy may read as "one step up". */
  const dots = ['..', '%2e%2e', '.%2E', '%2e.', '%252e%252e', '%c0%ae%c0%ae', '%u002e%u002e', '．．', '...']
  const ends = [
    '/',
    '%2f',
    '%2F',
    '%5c',
    '\\',
    '%252f',
    ';/',
    ';x=1/',
    '%3b/',
    '%00/',
    '%09/',
    '\t/',
    '%20/',
    ' /',
  ]
  const starts = ['', '/', ';', ';/', '%2f', '\\', 'x/..;/', '%3b']
  const climbs = dots.flatMap((up) =>
    ends.flatMap((end) => starts.map((start) => `/r4/${start}${up}${end}admin`)),
  )

  test('SEC-020 no notation of a parent path passes the allow-list, whatever the rest of the path', async () => {
    const passed = climbs.filter((path) => allowedBase(`https://fhir.good.org${path}`, allowed, 'production'))

    expect(climbs).toHaveLength(9 * 14 * 8)
    expect(passed).toEqual([])
    expect(await gatherFrom('https://fhir.good.org/r4/..;/admin', allowed.fhirServers, 'production')).toEqual(
      {
        why: 'not-allowed',
        resolved: [],
      },
    )
  })

  test.each([
    ';',
    ';x',
    ';x=1',
    '/;',
    '/a;b/c',
    '%3b',
    '%41',
    '%',
    '%zz',
    '/ä',
    '/%c3%a4',
    '/a b',
    '/a\nb',
    '/.',
    '/a/./b',
  ])('SEC-020 a path with %j can be read in two ways, so it is refused', (end) => {
    expect(allowedBase(`https://fhir.good.org/r4${end}`, allowed, 'production')).toBeUndefined()
  })

  test.each(['/a.b/c..d/..e/f..', "/~t!$&'()*+,=:@-_/Z", '/WzIsIiIsIiIsIkFVVE8iLDBd==/fhir', '//tenant'])(
    'SEC-020 a path with %j can be read in one way, so it is allowed',
    (end) => {
      expect(allowedBase(`https://fhir.good.org/r4${end}`, allowed, 'production')?.pathname).toBe(`/r4${end}`)
    },
  )

  test('SEC-020 an entry of the allow-list that can be read in two ways allows nothing', () => {
    const rules = { fhirServers: ['https://fhir.good.org/r4/..;/', 'nonsense'], allowAnyFhirServer: false }

    expect(allowedBase('https://fhir.good.org/r4', rules, 'production')).toBeUndefined()
  })

  test.each([
    ['the base', 'https://fhir.good.org/r4'],
    ['with a slash', 'https://fhir.good.org/r4/'],
    ['in capitals', 'HTTPS://FHIR.GOOD.ORG/r4'],
    ['with its own port', 'https://fhir.good.org:443/r4'],
    ['below the base', 'https://fhir.good.org/r4/tenant-1'],
  ])('SEC-020 %s is called', async (_, fhirServer) => {
    expect(await gatherFrom(fhirServer, ['https://fhir.good.org/r4/'], 'production')).toEqual({
      why: 'unreachable',
      resolved: ['fhir.good.org'],
    })
  })

  test.each([
    ['http on loopback', 'http://localhost:1/fhir', 'unreachable'],
    ['https anywhere', 'https://r4.example.org', 'unreachable'],
    ['http elsewhere', 'http://r4.example.org', 'not-allowed'],
    ['a private address', 'https://10.0.0.1/fhir', 'not-allowed'],
    ['a name that looks like loopback', 'http://127.0.0.1.example.org', 'not-allowed'],
  ])('F8 the built-in development client: %s', async (_, fhirServer, why) => {
    expect((await gatherFrom(fhirServer, [], 'development', true)).why).toBe(why)
  })
})
