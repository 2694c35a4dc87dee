import { expect, test } from '@jest/globals'
import { codeIn } from '../../web/src/smart/answer.js'
import type { Pending } from '../../web/src/smart/pending.js'

const pending: Pending = {
  ...{
    state: 's',
    verifier: 'v',
    iss: 'https://fhir.example.org',
    tokenEndpoint: 'https://fhir.example.org/token',
  },
  namesItself: false,
}
const issuer = 'https://login.example.org'

test.each([
  // what the server said of itself            the answer                                       taken or why not
  ['nothing, and names nobody', {}, 'code=c&state=s', 'c'],
  ['nothing, and names the FHIR server', {}, 'code=c&state=s&iss=https://fhir.example.org', 'c'],
  ['nothing, and names another', {}, 'code=c&state=s&iss=https://evil.example', /another sign-in server/],
  ['its name, and names it', { issuer }, `code=c&state=s&iss=${issuer}`, 'c'],
  ['its name, and adds a slash', { issuer }, `code=c&state=s&iss=${issuer}/`, /another sign-in server/],
  [
    'its name, and names the FHIR server',
    { issuer },
    'code=c&state=s&iss=https://fhir.example.org',
    /another/,
  ],
  ['that it names itself, and does', { issuer, namesItself: true }, `code=c&state=s&iss=${issuer}`, 'c'],
  ['that it names itself, and does not', { issuer, namesItself: true }, 'code=c&state=s', /another sign-in/],
  ['nothing, and another state', {}, 'code=c&state=t', /does not belong to a launch/],
  ['nothing, and refuses', {}, 'error=access_denied&state=s', /did not allow it: access_denied/],
  ['its name, and a refusal of another', { issuer }, 'error=e&state=s&iss=https://evil.example', /another/],
  ['nothing, and no answer', {}, '', /Open this page from the EHR/],
] as const)('SEC-076 RFC 9207: the server said %s', (_, said, answer, expected) => {
  const take = (): string => codeIn(new URLSearchParams(answer), { ...pending, ...said }).code

  if (typeof expected === 'string') expect(take()).toBe(expected)
  else expect(take).toThrow(expected)
})

test('SEC-076 an answer without a launch of this window is stopped', () => {
  expect(() => codeIn(new URLSearchParams('code=c&state=s'), undefined)).toThrow(/does not belong/)
})
