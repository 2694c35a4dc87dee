import { isBelow, safeUrl } from './safe-url.js'

/** The servers to which the links of a FHIR server may lead. */
interface LinkRules {
  /** The address of the server, without a slash at its end. */
  root: string
  /** The servers that the client lists; a link to one of them is followed although another server wrote the link. */
  listed: readonly string[]
  mode: 'production' | 'development'
}

/**
 * Makes the function that finds the address of a `next` link on a page of one resource type, if the link may be
 * followed.
 *
 * Shape:   a link is followed below the address of the server, and below every server that the client lists. A link of
 *          a query alone belongs to the search of its type; an absolute path may leave out the path of the server.
 * Edge:    a link by http to the host of an https server is asked for by https: a server behind a proxy often does not
 *          know its own scheme. Nothing is ever sent over http for such a link.
 * Missing: undefined for every other link, so the answer is incomplete.
 * Privacy: the token goes with the request, and therefore to listed servers alone.
 */
export function nextLinks({
  root,
  listed,
  mode,
}: LinkRules): (link: string, type: string) => string | undefined {
  const folder = new URL(`${root}/`)
  const allowed = [folder, ...listed.flatMap((server) => safeUrl(server, mode) ?? [])]
  const secured = (link: string): string =>
    folder.protocol === 'https:' && folder.port === '' && link.startsWith(`http://${folder.host}/`)
      ? link.replace('http:', 'https:')
      : link

  return (link, type) => {
    const spellings = [
      link.startsWith('?') ? `${root}/${type}${link}` : secured(link),
      ...(/^\/(?!\/)/.test(link) ? [`${root}${link}`] : []),
    ]
    return spellings
      .flatMap((spelling) => safeUrl(spelling, mode, folder.href) ?? [])
      .find((url) => allowed.some((base) => isBelow(url, base)))?.href
  }
}
