import type { CheckResource } from '../../../../src/check/extract.js'
import { mayWrite } from '../scopes.js'
import type { Session } from '../session.js'
import { ask } from '../chart.js'

/**
 * What became of one finding. `refused`: the EHR said no. `unanswered`: the EHR may have kept it. `no-right`: the sign-in may
 * not write such a resource.
 */
export type Fate = 'written' | 'refused' | 'unanswered' | 'no-right'

/** A finding and what became of it; without a fate it has not been tried yet. */
export interface Finding {
  resource: CheckResource
  fate?: Fate
  /** The reference that the EHR gave the finding. */
  reference?: string
}

/** May this sign-in write any of the findings? */
export const mayWriteAny = ({ scope }: Session, resources: readonly CheckResource[]): boolean =>
  resources.some(({ resourceType }) => mayWrite(scope, resourceType))

/**
 * Was the finding kept although the EHR did not answer? It is looked for by its own identifier.
 *
 * Missing: undefined where the EHR does not say; a server that does not know the search answers with other resources.
 */
async function found(
  session: Session,
  { resourceType, identifier }: CheckResource,
): Promise<boolean | undefined> {
  const [own] = identifier ?? []
  const query = new URLSearchParams({
    patient: session.patientId,
    identifier: `${own?.system ?? ''}|${own?.value ?? ''}`,
  })
  const url = `${session.iss}/${resourceType}?${query.toString()}`
  const response = await ask(session, url).catch(() => undefined)
  if (!response?.ok) return undefined
  const { entry = [] } = (await response.json()) as { entry?: readonly { resource?: CheckResource }[] }
  if (entry.some(({ resource }) => resource?.identifier?.some(({ value }) => value === own?.value)))
    return true
  return entry.length === 0 ? false : undefined
}

/** The statuses of a gateway, behind which the EHR may have kept what it was sent. */
const gatewayStatuses: ReadonlySet<number> = new Set([502, 503, 504])

async function written(session: Session, { resource, fate }: Finding): Promise<Finding> {
  const { resourceType } = resource
  if (!mayWrite(session.scope, resourceType)) return { resource, fate: 'no-right' }
  if (fate === 'unanswered') {
    const there = await found(session, resource)
    if (there !== false) return { resource, fate: there ? 'written' : 'unanswered' }
  }
  const response = await ask(session, `${session.iss}/${resourceType}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  }).catch(() => undefined)
  if (!response) return { resource, fate: 'unanswered' }
  if (!response.ok) return { resource, fate: gatewayStatuses.has(response.status) ? 'unanswered' : 'refused' }
  const id = /\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(
    response.headers.get('Location') ?? '',
  )?.[1]
  return { resource, fate: 'written', ...(id !== undefined && { reference: `${resourceType}/${id}` }) }
}

/**
 * Writes the findings to the EHR with the user's own token, one by one.
 *
 * Edge: a finding that is written stays as it is, so that a second press writes only what is left. After a finding without
 *       an answer nothing more is tried. `tell` is called after each.
 */
export async function writeFindings(
  session: Session,
  findings: readonly Finding[],
  tell: (findings: readonly Finding[]) => void,
): Promise<readonly Finding[]> {
  let all = findings
  for (const [at, finding] of findings.entries()) {
    if (finding.fate === 'written') continue
    const next = await written(session, finding)
    all = all.map((each, place) => (place === at ? next : each))
    tell(all)
    if (next.fate === 'unanswered') break
  }
  return all
}
