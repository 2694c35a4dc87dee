import { ipKeyGenerator } from 'express-rate-limit'

/**
 * The prefix length of an IPv6 network that counts as one address: a household or machine has all addresses of a /64
 * network.
 */
const ipv6Subnet = 64

/**
 * The name under which the address of a request is counted.
 *
 * Shape:   an IPv4 address, also when it is mapped into IPv6; for IPv6 the /64 network.
 * Missing: a closed socket has no address; all such requests share one name.
 */
export const addressKey = (address: string | undefined): string =>
  address === undefined ? 'gone' : ipKeyGenerator(address, ipv6Subnet)
