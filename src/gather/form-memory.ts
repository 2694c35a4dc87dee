import { asWritten } from './search-forms.js'

/** The most servers that are remembered for each client. */
const maxServers = 100

/** A change of what a FHIR server of a client is asked for; `form` says how the data of `key` are asked for from now. */
export interface AskedForLess {
  client: string
  key: string
  form: string
}

/** The forms that one FHIR server answered to one client, by read key. */
export interface ServerForms {
  known(key: string): string | undefined
  keep(key: string, form: string): void
  /** Forgets the form of a key, so that the next call asks for the template as written. */
  forget(key: string): void
}

/** Remembers for each client and FHIR server in which form each key was answered. */
export interface FormMemory {
  of: (client: string, server: string) => ServerForms
  /** The number of servers that are asked for less than discovery says. */
  serversAskedForLess: () => number
}

/**
 * Makes the memory of search forms, shared by all calls of the process; `note` is told of each change.
 *
 * Shape:   the 100 servers that a client used last are remembered, each with one form per read key.
 * Privacy: holds addresses of servers, which leave the memory neither by `note` nor by the count.
 */
export function makeFormMemory(note: (change: AskedForLess) => unknown): FormMemory {
  const clients = new Map<string, Map<string, Map<string, string>>>()

  /** Finds or makes the forms of a server, and marks the server as the most recently used. */
  function formsOfServer(client: string, server: string): Map<string, string> {
    const servers = clients.get(client) ?? new Map<string, Map<string, string>>()
    clients.set(client, servers)
    const forms = servers.get(server) ?? new Map<string, string>()
    servers.delete(server)
    servers.set(server, forms)
    const [oldest] = servers.keys()
    if (servers.size > maxServers && oldest !== undefined) servers.delete(oldest)
    return forms
  }

  return {
    of(client, server) {
      const forms = formsOfServer(client, server)
      return {
        known: (key) => forms.get(key),
        keep(key, form) {
          if ((forms.get(key) ?? asWritten) === form) return
          if (form === asWritten) forms.delete(key)
          else forms.set(key, form)
          note({ client, key, form })
        },
        forget: (key) => void forms.delete(key),
      }
    },
    serversAskedForLess: () =>
      [...clients.values()].flatMap((servers) => [...servers.values()]).filter(({ size }) => size > 0).length,
  }
}
