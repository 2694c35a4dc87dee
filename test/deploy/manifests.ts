import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { parseAllDocuments } from 'yaml'

/** A Kubernetes object as its file writes it. */
export interface Manifest {
  file: string
  kind: string
  apiVersion: string
  object: Record<string, unknown>
}

const folder = 'deploy/kubernetes'

/** Every object of deploy/kubernetes. */
export const manifests: readonly Manifest[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
      const object = document.toJS() as Record<string, unknown>
      return { file, kind: String(object['kind']), apiVersion: String(object['apiVersion']), object }
    }),
  )

/** The one object of a kind. */
export function manifestOf(kind: string): unknown {
  const [only, another] = manifests.filter((manifest) => manifest.kind === kind)
  if (!only || another) throw new Error(`deploy/kubernetes has not exactly one ${kind}`)
  return only.object
}

/** Declarations of the API, read once for all programs. */
const declarations = new Map<string, ts.SourceFile | undefined>()

/**
 * What the Kubernetes API would refuse or silently ignore in some objects: a wrong type, a missing field, and a field that
 * no object of this kind has.
 *
 * Shape: the objects are compiled as TypeScript literals against the published types of the API.
 */
export function problemsOf(
  objects: readonly Pick<Manifest, 'kind' | 'apiVersion' | 'object'>[],
): readonly string[] {
  const source = objects
    .map(({ kind, apiVersion, object }, at) => {
      const path = `${apiVersion}/${kind}`
      return [
        `import type { I${kind} as Kind${at} } from 'kubernetes-models/${path}'`,
        `export const object${at}: Kind${at} = ${JSON.stringify(object, null, 1)}`,
      ].join('\n')
    })
    .join('\n')
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  }
  const virtual = resolve('test/deploy/compiled-manifests.mts')
  const disk = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => file === virtual || disk.fileExists(file),
    getSourceFile: (file, version) => {
      if (file === virtual) return ts.createSourceFile(file, source, version)
      const known = declarations.get(file) ?? disk.getSourceFile(file, version)
      declarations.set(file, known)
      return known
    },
  }
  const program = ts.createProgram([virtual], options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
