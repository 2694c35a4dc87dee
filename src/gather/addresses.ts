import { BlockList, isIP } from 'node:net'

const version = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** A network in the form `address/bits`, parsed; an address alone is a network of one address. */
interface Network {
  address: string
  bits: number
}

function parseNetwork(text: string): Network | undefined {
  const [address = '', bits, more] = text.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (longest < 0 || address.includes('%') || more !== undefined) return undefined
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return undefined
  const length = bits === undefined ? longest : Number(bits)
  return length <= longest ? { address, bits: length } : undefined
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const { address, bits } of networks.flatMap((network) => parseNetwork(network) ?? []))
    list.addSubnet(address, bits, version(address))
  return list
}

const loopback = blockList(['127.0.0.0/8', '::1'])

/**
 * The networks outside the public internet, and public addresses that serve as cloud metadata services.
 *
 * Source: https://www.iana.org/assignments/iana-ipv4-special-registry and the IANA registry for IPv6
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

/** The private networks of hospitals, and loopback; a client may list no other network. */
const privateNetworks = [
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.18.0.0/15'],
  ...['::1', 'fc00::/7'],
]

/**
 * The metadata services of clouds, which give the credentials of a machine to every process that asks. They have
 * private addresses, and a connection to them is always refused.
 */
const metadataServices = blockList([
  ...['100.100.100.200', '168.63.129.16', '169.254.0.0/16', '192.0.0.192'],
  ...['fd00:ec2::/32', 'fd20:ce::254'],
])

/**
 * May a client list this network for its servers?
 *
 * Shape: accepts a CIDR or an address that lies wholly inside one private network.
 * Edge:  `0.0.0.0/0` and `::/0` are wider than every private network and are refused. So are IPv6 networks that contain
 *        IPv4 addresses in another form (`::ffff:0:0/96`, `64:ff9b::/96`, `2002::/16`): they would open every private
 *        address.
 */
export function isPrivateNetwork(text: string): boolean {
  const network = parseNetwork(text)
  if (!network) return false
  const { address, bits } = network
  return privateNetworks
    .flatMap((each) => parseNetwork(each) ?? [])
    .some(
      (range) =>
        version(range.address) === version(address) &&
        bits >= range.bits &&
        blockList([`${range.address}/${range.bits}`]).check(address, version(address)),
    )
}

/**
 * Builds the test "may the service connect to this address?".
 *
 * Shape: `allowNetworks` are private networks that a client lists for its servers; all other networks in the list are
 *        ignored.
 * Edge:  an IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is judged as IPv4; a text that is no address is refused.
 */
export function addressRule(
  allowNetworks: readonly string[],
  mode: 'production' | 'development',
): (address: string) => boolean {
  const listed = blockList(allowNetworks.filter(isPrivateNetwork))
  return (address) => {
    if (isIP(address) === 0 || address.includes('%')) return false
    const family = version(address)
    if (metadataServices.check(address, family)) return false
    if (listed.check(address, family)) return true
    if (mode === 'development' && loopback.check(address, family)) return true
    return !notPublic.check(address, family)
  }
}
