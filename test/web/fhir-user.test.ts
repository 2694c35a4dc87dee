import { expect, test } from '@jest/globals'
import { fhirUserIn } from '../../web/src/smart/fhir-user.js'

const iss = 'https://fhir.example.org/r4'
const tokenOf = (claims: unknown): string =>
  ['{}', JSON.stringify(claims), 's'].map((part) => Buffer.from(part).toString('base64url')).join('.')

test.each([
  ['a practitioner of this server', { fhirUser: `${iss}/Practitioner/m-1` }, 'Practitioner/m-1'],
  ['a relative reference', { fhirUser: 'PractitionerRole/r' }, 'PractitionerRole/r'],
  ['a user of another server', { fhirUser: 'https://evil.example/Practitioner/m' }, undefined],
  ['a device', { fhirUser: `${iss}/Device/d` }, undefined],
  ['no user', { sub: 'm' }, undefined],
  ['a number', { fhirUser: 7 }, undefined],
  ['nothing', null, undefined],
])('an ID token with %s names %p as %p', (_, claims, user) => {
  expect(fhirUserIn(tokenOf(claims), iss)).toBe(user)
})

test.each([undefined, '', 'x', 'a.b.c', 'a.é.c'])('the token %p names nobody', (token) => {
  expect(fhirUserIn(token, iss)).toBeUndefined()
})
