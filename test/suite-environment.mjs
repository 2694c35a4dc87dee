import hooks, { AsyncLocalStorage } from 'node:async_hooks'
import { TestEnvironment } from 'jest-environment-node'

/** @param {new () => AsyncLocalStorage<unknown>} storage What modules that load from now on are given by that name. */
const useStorage = (storage) => {
  Object.defineProperty(hooks, 'AsyncLocalStorage', { value: storage, configurable: true, writable: true })
}

/**
 * The environment of every test file: node's own, with no context storage left behind.
 *
 * jest-circus makes an AsyncLocalStorage for each file and keeps it in use for ever. Node 20 goes through all that are in use
 * whenever a promise is made, so that the eightieth file of a worker awaited a hundred times slower than its first.
 */
class SuiteEnvironment extends TestEnvironment {
  /** @type {AsyncLocalStorage<unknown>[]} */
  #made = []

  /** @override */
  async setup() {
    await super.setup()
    const made = this.#made
    /** @extends {AsyncLocalStorage<unknown>} */
    class StorageOfThisFile extends AsyncLocalStorage {
      constructor() {
        super()
        made.push(this)
      }
    }
    useStorage(StorageOfThisFile)
  }

  /** @override */
  async teardown() {
    useStorage(AsyncLocalStorage)
    for (const storage of this.#made) storage.disable()
    await super.teardown()
  }
}

export { SuiteEnvironment as default }
