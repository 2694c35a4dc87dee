import type { UnreadableCode } from './chart.js'

/**
 * What each reason means, for whoever connects a client.
 *
 * Privacy: words of this service alone, without addresses and without data.
 */
export const unreadableWords: Readonly<Record<UnreadableCode, string>> = {
  'not-supplied': 'not in prefetch, and no FHIR server to ask',
  'client-failed': 'an OperationOutcome in the place of data',
  'wrong-patient': 'only resources of another patient, or of none',
  malformed: 'neither a resource nor a Bundle',
  'other-version': 'resources of another version of FHIR than R4',
  truncated: 'only a part came, and the rest could not be read',
  'over-budget': 'more than one call may have',
  timeout: 'the FHIR server took too long',
  refused: 'the FHIR server or the scopes of the token refused',
  'no-token': 'the FHIR server refused, and the request has no access token',
  'not-supported': 'the FHIR server does not support the request',
  'server-error': 'the FHIR server failed',
  'bad-answer': 'the FHIR server answered with something else than the data',
  'not-allowed': 'the FHIR server is not in the allow-list of this client',
  unreachable: 'the FHIR server could not be reached',
}
