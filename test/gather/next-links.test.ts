import { describe, expect, test } from '@jest/globals'
import { nextLinks } from '../../src/gather/next-links.js'

const root = 'https://fhir.good.org/r4'
const other = 'https://pages.good.org:8443/r4'
const follow = nextLinks({ root, listed: [root, other], mode: 'production' })
const followed = (link: string) => follow(link, 'Condition')

describe('F6 next links of every paging style lead below the server', () => {
  test.each([
    ['an offset', `${root}/Condition?_offset=20`, `${root}/Condition?_offset=20`],
    [
      'a token of the whole server',
      `${root}?_getpages=a-1&_getpagesoffset=20`,
      `${root}?_getpages=a-1&_getpagesoffset=20`,
    ],
    ['a token with escapes', `${root}/Condition?ct=W3%7B%22`, `${root}/Condition?ct=W3%7B%22`],
    ['a page of its own path', `${root}/_page/abc`, `${root}/_page/abc`],
    ['a relative link', 'Condition?_page=2', `${root}/Condition?_page=2`],
    ['a query alone', '?_page=2', `${root}/Condition?_page=2`],
    ['an absolute path', '/r4/Condition?_page=2', `${root}/Condition?_page=2`],
    ['an absolute path without the path of the server', '/Condition?_page=2', `${root}/Condition?_page=2`],
    ['http where the server is https', 'http://fhir.good.org/r4?_page=2', `${root}?_page=2`],
  ])('F6 %s', (_, link, address) => {
    expect(followed(link)).toBe(address)
  })
})

describe('SEC-023 next links to other servers', () => {
  test('SEC-023 a link to another host and port is followed when the client lists that server', () => {
    expect(followed(`${other}/Condition?_page=2`)).toBe(`${other}/Condition?_page=2`)
  })

  test.each([
    ['another port of the server', 'https://fhir.good.org:8443/r4?_page=2'],
    ['another port of a listed server', 'https://pages.good.org/r4?_page=2'],
    ['another path of a listed server', 'https://pages.good.org:8443/admin?_page=2'],
    ['http at another port', 'http://fhir.good.org:8080/r4?_page=2'],
    ['http to a listed server', 'http://pages.good.org:8443/r4?_page=2'],
    ['a host that only begins alike', 'http://fhir.good.org.evil.example/r4?_page=2'],
    ['a host without a scheme', '//evil.example/r4?_page=2'],
    ['a way out by dots', '/../admin'],
    ['a way out by a path parameter', '/..;/admin'],
    ['a query with a fragment', '?_page=2#x'],
  ])('SEC-023 %s is not followed', (_, link) => {
    expect(followed(link)).toBeUndefined()
  })

  test('SEC-023 a server that any client may use is no listed server', () => {
    expect(
      nextLinks({ root, listed: [], mode: 'development' })(`${other}?_page=2`, 'Condition'),
    ).toBeUndefined()
  })

  test('SEC-023 http at the port of a server with a port of its own stays refused in production', () => {
    const own = nextLinks({ root: other, listed: [], mode: 'production' })

    expect(own('http://pages.good.org:8443/r4?_page=2', 'Condition')).toBeUndefined()
  })
})
