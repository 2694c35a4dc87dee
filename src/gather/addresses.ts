import { BlockList, isIP } from 'node:net'

const version = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    if (isIP(address) === 0) continue
    if (bits === undefined) list.addAddress(address, version(address))
    else list.addSubnet(address, Number(bits), version(address))
  }
  return list
}

const loopback = blockList(['127.0.0.0/8', '::1'])

/**
 * Everything that is not the public internet, and cloud metadata services that pretend to be.
 *
 * Source: https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 sister
 */
const notPublic = blockList([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16'],
  ...[
    '::/96',
    '::1',
    '::ffff:0:0:0/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
  ],
  ...['2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
])

/**
 * Builds the test "may we connect to this address?".
 *
 * Shape: `allowNetworks` are CIDRs or addresses a client lists for its servers on private networks.
 * Edge:  an IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is judged as the IPv4 address it is; what is no address
 *        at all is refused.
 */
export function addressRule(
  allowNetworks: readonly string[],
  mode: 'production' | 'development',
): (address: string) => boolean {
  const listed = blockList(allowNetworks)
  return (address) => {
    if (isIP(address) === 0 || address.includes('%')) return false
    const family = version(address)
    if (listed.check(address, family)) return true
    if (mode === 'development' && loopback.check(address, family)) return true
    return !notPublic.check(address, family)
  }
}
