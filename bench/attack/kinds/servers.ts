import { callsWith } from '../calls.js'
import { callToServer } from '../charts.js'
import type { Kind } from '../kind.js'

/** Calls whose allowed FHIR server answers in one of the ways of `stub-fhir.ts`. */
const server = (how: string, sends: string, connections = 8): Kind => ({
  name: `fhir-${how}`,
  sends: `calls whose allowed FHIR server answers ${sends}`,
  calls: 'accepted',
  run: (target, seconds) =>
    callsWith(target, [callToServer(`${target.fhirBase}/${how}`)], { seconds, connections }),
})

const sharedServer: Kind = {
  name: 'fhir-shared',
  sends:
    'calls whose FHIR server never answers, while the other client asks the same host, which answers it at once',
  calls: 'accepted',
  otherSends: (target) => callToServer(`${target.fhirBase}/quick`),
  run: (target, seconds) =>
    callsWith(target, [callToServer(`${target.fhirBase}/silent`)], { seconds, connections: 64 }),
}

/** What an allowed FHIR server can do. */
export const servers: readonly Kind[] = [
  server('large', 'each search with 4.5 MB of long texts'),
  server('pages', 'each search with pages that never end'),
  server('medications', 'with 2,000 orders whose Medication must be read one by one'),
  server('bomb', 'each search with 100 MB packed into 100 kB'),
  server('slow', 'each search a byte a second', 64),
  server('silent', 'nothing at all', 64),
  server('pieces', 'in chunks of one byte, or with headers, trailers or interim answers without end'),
  sharedServer,
]
