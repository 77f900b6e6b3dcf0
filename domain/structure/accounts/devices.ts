/** What a browser keeps of the accounts that were entered from it. Signed, so that nobody makes one up. */
import { timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../../../kernel/secrets.ts'
import { newToken } from './password.ts'

/** An office's computer has few who sign in on it; the longest unseen falls out. */
const REMEMBERED = 8

/** The mark of this browser for the account; null when the account was never entered from it. */
export const deviceOf = (secrets: Secrets, cookie: string, accountId: string): string | null =>
  marksIn(cookie).find((mark) => equal(mark.signature, signed(secrets, mark.device, accountId)))?.device ??
  null

/** The cookie after this account was entered: the account's mark first. */
export function rememberedIn(secrets: Secrets, cookie: string, accountId: string): string {
  const known = deviceOf(secrets, cookie, accountId)
  const device = known ?? newToken().slice(0, 22)
  const others = marksIn(cookie).filter((mark) => mark.device !== known)
  const own = { device, signature: signed(secrets, device, accountId) }
  return [own, ...others]
    .slice(0, REMEMBERED)
    .map((mark) => `${mark.device}.${mark.signature}`)
    .join('~')
}

const marksIn = (cookie: string) =>
  cookie
    .split('~')
    .slice(0, REMEMBERED)
    .flatMap((text) => {
      const [device, signature] = text.split('.')
      return device && signature ? [{ device, signature }] : []
    })

const signed = (secrets: Secrets, device: string, accountId: string) =>
  secrets.digest(`device ${device} of ${accountId}`)

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
