/** What must outlive the way to the sign-in page and back; no token is ever in it. */
export interface Pending {
  state: string
  verifier: string
  iss: string
  tokenEndpoint: string
  /** The authorization server as its own metadata name it; absent where they do not. */
  issuer?: string
  /** It says that each of its answers names it (RFC 9207). */
  namesItself: boolean
}

const key = 'mastitis-cds.launch'

export const keepPending = (pending: Pending): void => sessionStorage.setItem(key, JSON.stringify(pending))

/** Takes what was kept, once. */
export function takePending(): Pending | undefined {
  const text = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return text === null ? undefined : (JSON.parse(text) as Pending)
}
