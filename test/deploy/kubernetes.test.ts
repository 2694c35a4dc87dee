import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { imageOptions } from '../../bench/image-options.js'
import { loadSettings } from '../../src/config/config.js'
import { auditorHeapMiB } from '../../src/http/admin/ask-auditor.js'
import { manifestOf, manifests, problemsOf } from './manifests.js'

interface Container {
  image: string
  env: { name: string; value?: string }[]
  ports: { name: string; containerPort: number }[]
  securityContext: Record<string, unknown>
  resources: { requests: Record<string, string>; limits: Record<string, string> }
  readinessProbe: { httpGet: { path: string } }
  livenessProbe: { httpGet: { path: string } }
  lifecycle: { preStop: { sleep: { seconds: number } } }
  volumeMounts: { name: string; mountPath: string; subPathExpr?: string }[]
}
interface Deployment {
  metadata: { name: string }
  spec: {
    strategy: { rollingUpdate: { maxUnavailable: number } }
    template: {
      metadata: { labels: Record<string, string> }
      spec: {
        automountServiceAccountToken: boolean
        terminationGracePeriodSeconds: number
        securityContext: Record<string, unknown>
        containers: Container[]
        volumes: { name: string; secret?: object; configMap?: object; persistentVolumeClaim?: object }[]
      }
    }
  }
}
interface Selecting {
  spec: Record<string, { matchLabels?: Record<string, string> } & Record<string, unknown>>
}

const deployment = manifestOf('Deployment') as Deployment
const { spec: pod, metadata: podMetadata } = deployment.spec.template
const container = pod.containers[0] as Container

test('every manifest is an object the Kubernetes API knows, with fields it has', () => {
  expect(problemsOf(manifests)).toEqual([])
})

test('a misspelt field of a manifest would be noticed', () => {
  const typo = structuredClone(deployment) as unknown as { spec: Record<string, unknown> }
  typo.spec['replikas'] = 2

  expect(problemsOf([{ kind: 'Deployment', apiVersion: 'apps/v1', object: { ...typo } }]).join()).toContain(
    'replikas',
  )
})

test.each([
  'ConfigMap',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Namespace',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'Secret',
  'Service',
  'ServiceAccount',
])('there is one %s', (kind) => {
  expect(manifests.filter((manifest) => manifest.kind === kind)).toHaveLength(1)
})

test('everything but the namespace is in the namespace', () => {
  const spaces = manifests
    .filter(({ kind }) => kind !== 'Namespace')
    .map(({ object }) => (object['metadata'] as { namespace?: string }).namespace)

  expect(new Set(spaces)).toEqual(new Set(['mastitis-cds']))
})

test('SEC-133 the container may do nothing it does not need', () => {
  expect(pod.securityContext).toMatchObject({
    runAsNonRoot: true,
    runAsUser: 65532,
    seccompProfile: { type: 'RuntimeDefault' },
  })
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  })
  expect(pod.automountServiceAccountToken).toBe(false)
  expect(container.resources.limits['memory']).toBeDefined()
  expect(container.resources.requests['cpu']).toBeDefined()
  expect((manifestOf('Namespace') as { metadata: { labels: object } }).metadata.labels).toEqual({
    'pod-security.kubernetes.io/enforce': 'restricted',
  })
})

test('SEC-044 the heap fits into the memory limit, beside one auditor, __proto__ is gone, and the options are those of the image', () => {
  const options = container.env.find(({ name }) => name === 'NODE_OPTIONS')?.value ?? ''
  const old = Number(/--max-old-space-size=(\d+)/.exec(options)?.[1])
  const young = 3 * Number(/--max-semi-space-size=(\d+)/.exec(options)?.[1])

  expect(options).toContain('--disable-proto=delete')
  expect(options).toBe(imageOptions())
  const service = (old + young) / 0.8
  const auditor = 2 * auditorHeapMiB
  const limit = Number(/^(\d+)Mi$/.exec(container.resources.limits['memory'] ?? '')?.[1])
  expect(service).toBeGreaterThan(400)
  expect(service + auditor).toBeLessThanOrEqual(limit)
})

test('SEC-084 no secret stands in an environment variable; keys and database address are files', () => {
  expect(container.env.filter(({ name, value = '' }) => /password|secret|token/i.test(name + value))).toEqual(
    [],
  )
  expect(pod.volumes.find(({ name }) => name === 'keys')?.secret).toBeDefined()
  expect(container.env.map(({ name }) => name)).toContain('AUDIT_DATABASE_FILE')
  expect(container.env.map(({ name }) => name)).not.toContain('AUDIT_DATABASE')
})

test('SEC-105 liveness asks what depends on nothing, readiness what an answer needs', () => {
  expect(container.livenessProbe.httpGet.path).toBe('/health/live')
  expect(container.readinessProbe.httpGet.path).toBe('/health/ready')
})

test('SEC-104 a pod has time for all it does when it stops, and a new one is ready before', () => {
  const { seconds } = container.lifecycle.preStop.sleep
  const drainAndFinish = 2 + 10

  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(seconds + drainAndFinish + 5)
  expect(deployment.spec.strategy.rollingUpdate.maxUnavailable).toBe(0)
})

test('what selects pods selects those of the deployment', () => {
  const { labels } = podMetadata

  expect((manifestOf('Service') as { spec: { selector: object } }).spec.selector).toEqual(labels)
  expect((manifestOf('PodDisruptionBudget') as Selecting).spec['selector']?.matchLabels).toEqual(labels)
  expect((manifestOf('NetworkPolicy') as Selecting).spec['podSelector']?.matchLabels).toEqual(labels)
  expect((manifestOf('HorizontalPodAutoscaler') as Selecting).spec['scaleTargetRef']).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: deployment.metadata.name,
  })
})

test('SEC-031 SEC-021 out of the pod go names, PostgreSQL and https to public addresses, nothing else', () => {
  const policy = manifestOf('NetworkPolicy') as {
    spec: { egress: { to: { ipBlock?: { except: string[] } }[]; ports: { port: number }[] }[] }
  }
  const ports = policy.spec.egress.flatMap((rule) => rule.ports.map(({ port }) => port))
  const world = policy.spec.egress.flatMap(({ to }) => to.flatMap(({ ipBlock }) => ipBlock ?? []))

  expect(new Set(ports)).toEqual(new Set([53, 5432, 443]))
  expect(world).toHaveLength(1)
  expect(world[0]?.except).toEqual(expect.arrayContaining(['169.254.0.0/16', '10.0.0.0/8', '192.168.0.0/16']))
})

test('what outlives a container outlives its pod: each pod spools to a folder of its own on a kept volume', () => {
  const spool = container.volumeMounts.find(({ mountPath }) => mountPath === '/app/data')

  expect(spool?.subPathExpr).toBe('$(POD_NAME)')
  expect(pod.volumes.find(({ name }) => name === spool?.name)?.persistentVolumeClaim).toBeDefined()
})

test('the example of the settings is well formed, in production, and names mounted files alone', () => {
  const { data } = manifestOf('ConfigMap') as { data: Record<string, string> }
  const secret = (manifestOf('Secret') as { stringData: Record<string, string> }).stringData
  const folder = mkdtempSync(join(tmpdir(), 'config-map-'))
  for (const [name, text] of Object.entries(data)) writeFileSync(join(folder, name), text)
  const settings = loadSettings({
    CONFIG: join(folder, 'config.yaml'),
    NODE_ENV: 'production',
    AUDIT_DATABASE: secret['audit-database'] ?? '',
  })
  rmSync(folder, { recursive: true })
  const keys = [settings.audit.keyFile, settings.audit.signingKeyFile, settings.admin?.tokenFile]

  expect(settings.mode).toBe('production')
  expect(settings.siteFile).toBe(join(folder, 'site.yaml'))
  expect(keys.map((path) => path?.replace('/etc/mastitis-cds/keys/', ''))).toEqual([
    'pseudonym.key',
    'signing.pem',
    'admin-token',
  ])
  expect(Object.keys(secret)).toEqual(['pseudonym.key', 'signing.pem', 'admin-token', 'audit-database'])
  expect(settings.admin?.port).toBe(container.ports.find(({ name }) => name === 'admin')?.containerPort)
  expect(settings.audit.spoolDir.startsWith('/app/data/')).toBe(true)
})
