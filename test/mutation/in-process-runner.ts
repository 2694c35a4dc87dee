import { readdirSync } from 'node:fs'
import { register } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PluginKind, type FactoryPlugin } from '@stryker-mutator/api/plugin'
import {
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner'
import type { CoverageData, MutantCoverage } from '@stryker-mutator/api/core'
import { collectInto, collectedTests, type CollectedTest } from './collected-tests.js'

/** What the mutated code reads and writes while it runs; Stryker puts the names into it. */
interface Instrumentation {
  activeMutant?: string
  currentTestId?: string
  mutantCoverage?: MutantCoverage
  hitCount?: number | undefined
  hitLimit?: number | undefined
}

const shared = globalThis as unknown as { __stryker__?: Instrumentation }
const instrumentation: Instrumentation = (shared.__stryker__ ??= {})
const empty: CoverageData = {}

/** The test files below a folder of the sandbox. */
const testFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(folder, name))

/** Sends every `@jest/globals` to our own small collector, so that test files load without jest. */
function redirectJest(): void {
  const target = new URL('collected-tests.ts', import.meta.url).href
  const hook = `export const resolve = (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: ${JSON.stringify(target)}, shortCircuit: true } : next(specifier, context)`
  register(`data:text/javascript,${encodeURIComponent(hook)}`)
}

async function failureOf({ id, run }: CollectedTest): Promise<string | undefined> {
  instrumentation.currentTestId = id
  try {
    await run()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Runs the tables of `test/assess` inside one process, thousands of times a minute: loading them once is what costs.
 *
 * Shape: the rules are pure, so nothing that one mutant did can reach the next; `@jest/globals` is replaced by a collector.
 * Edge:  mutants that act while files load need another process for each; they are ignored (`ignoreStatic`).
 */
class InProcessRunner implements TestRunner {
  /** Without those that measure time, which a slow mutant would fail for no reason; the quick ones first. */
  private tests: readonly CollectedTest[] = []

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: false }
  }

  async init(): Promise<void> {
    redirectJest()
    instrumentation.mutantCoverage = { static: {}, perTest: {} }
    for (const file of testFiles(resolve('test/assess'))) {
      collectInto(file)
      await import(pathToFileURL(file).href)
    }
    this.tests = collectedTests().filter(({ id }) => !id.includes('milliseconds'))
  }

  async dryRun(): Promise<DryRunResult> {
    const tests = []
    for (const test of this.tests) {
      const started = performance.now()
      const failureMessage = await failureOf(test)
      const told = { id: test.id, name: test.id, timeSpentMs: performance.now() - started }
      tests.push(
        failureMessage === undefined
          ? { ...told, status: TestStatus.Success as const }
          : { ...told, status: TestStatus.Failed as const, failureMessage },
      )
    }
    const timeOf = new Map(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]))
    this.tests = [...this.tests].sort((one, other) => (timeOf.get(one.id) ?? 0) - (timeOf.get(other.id) ?? 0))
    const { mutantCoverage = { static: empty, perTest: {} } } = instrumentation
    return { status: DryRunStatus.Complete, tests, mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    instrumentation.activeMutant = activeMutant.id
    instrumentation.hitCount = hitLimit === undefined ? undefined : 0
    instrumentation.hitLimit = hitLimit
    const wanted = testFilter && new Set(testFilter)
    let nrOfTests = 0
    try {
      for (const test of this.tests) {
        if (wanted && !wanted.has(test.id)) continue
        nrOfTests += 1
        const failureMessage = await failureOf(test)
        if (failureMessage === undefined) continue
        const looped = hitLimit !== undefined && (instrumentation.hitCount ?? 0) > hitLimit
        return looped
          ? { status: MutantRunStatus.Timeout, reason: 'the mutant loops' }
          : { status: MutantRunStatus.Killed, killedBy: [test.id], failureMessage, nrOfTests }
      }
    } finally {
      delete instrumentation.activeMutant
    }
    return { status: MutantRunStatus.Survived, nrOfTests }
  }
}

const plugin: FactoryPlugin<PluginKind.TestRunner, []> = {
  kind: PluginKind.TestRunner,
  name: 'in-process',
  factory: () => new InProcessRunner(),
}

/** The list in which Stryker looks for plugins. */
export const strykerPlugins = [plugin]
