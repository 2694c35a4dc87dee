import { ipKeyGenerator } from 'express-rate-limit'

/** One household or machine of IPv6 has a whole /64 network, and so any number of addresses in it. */
const ipv6Subnet = 64

/**
 * The name under which a caller's address is counted.
 *
 * Shape:   IPv4 as it is, also where it comes mapped into IPv6; of IPv6 the /64 network.
 * Missing: a socket that is gone already has no address; all of those are one.
 */
export const addressKey = (address: string | undefined): string =>
  address === undefined ? 'gone' : ipKeyGenerator(address, ipv6Subnet)
