/**
 * By which names the server is opened, and which sites may send to it. A page of another site must not reach it through
 * a visitor's browser: neither by posting here, nor under a name that it has pointed at this machine (DNS rebinding).
 */
import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import type { FastifyRequest } from 'fastify'
import { Refusal } from './errors.ts'

/** The machine's own addresses and names, loopback, and what the administrator has named. */
export function refuseForeignHost({ headers, socket }: FastifyRequest, named: readonly string[] = []): void {
  if (headers.host === undefined) return
  const name = nameIn(headers.host)
  const known = isIP(name) ? isOwnAddress(name, socket.localAddress) : isOwnName(name)
  if (known || named.some((one) => one.toLowerCase() === name)) return
  const shown = /^[\w.-]{1,100}$/.test(name) ? name : ''
  throw new Refusal(
    'forbidden',
    'foreignHost',
    `这台服务器不认识${shown ? `“${shown}”这个` : '这个'}地址，为防止别的网站借它读取数据，已拒绝。请用服务器的 IP 地址或计算机名打开；` +
      `确实要用这个地址的，请管理员启动时加上 --host-name ${shown || '地址'}。`,
  )
}

/** Without the port, in small letters. */
const nameIn = (host: string): string =>
  (/^\[([^\]]*)\]/.exec(host)?.[1] ?? host.replace(/:\d*$/, '')).toLowerCase().replace(/\.$/, '')

function isOwnName(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  const whole = hostname().toLowerCase()
  const first = whole.split('.')[0] ?? whole
  return [whole, first, `${first}.local`, `${first}.lan`].includes(name)
}

/** The address at which the connection arrived is our own, whatever the machine says of itself. */
function isOwnAddress(address: string, arrivedAt: string | undefined): boolean {
  if (address === '::1' || address.startsWith('127.') || address === plain(arrivedAt ?? '')) return true
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((one) => plain(one.address) === address),
  )
}

/** Without IPv6's clothing of an IPv4 address, and without a zone. */
const plain = (address: string) =>
  address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
/** What browsers say of a request that the person or our own page has made. */
const OWN_SITE = new Set(['same-origin', 'none'])

/** Programs say nothing of where they come from; browsers always do when they write. */
export function refuseForeignSite({ method, headers }: FastifyRequest): void {
  if (SAFE.has(method)) return
  const { origin, host = '' } = headers
  const site = headers['sec-fetch-site']
  const foreign = origin !== undefined && hostOf(origin) !== host.toLowerCase()
  if (foreign || (site !== undefined && !OWN_SITE.has(String(site))))
    throw new Refusal('forbidden', 'foreignSite', '这个请求来自别的网站，已拒绝。请在明账的页面里操作。')
}

/** Null where a page of no site asks (`Origin: null`), or nonsense stands there. */
const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)

/** On every answer of the API: nothing of it is kept, guessed at, framed or run. */
export const API_GUARDS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** A file that somebody sent in is shown without scripts, forms or the rights of our pages. */
export const FILE_GUARDS = {
  'content-security-policy':
    "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'",
  'x-frame-options': 'SAMEORIGIN',
}
