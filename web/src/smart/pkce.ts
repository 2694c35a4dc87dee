const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** A secret of `size` random bytes, in letters that may stand in a URL. */
export const secret = (size: number): string => base64Url(crypto.getRandomValues(new Uint8Array(size)))

/** The S256 challenge of a verifier. Source: RFC 7636. */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return base64Url(new Uint8Array(digest))
}
