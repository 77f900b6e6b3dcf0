/** Passwords and tokens: scrypt for what people choose, plain SHA-256 for what we draw at random. */
import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { turns, type Waiter } from '../../../kernel/turns.ts'

const LOG_COST = 15
const KEY_LENGTH = 32

/** Hashing takes a core for a tenth of a second and 32 MB: half of the cores stay free for everybody else. */
const inTurn = turns({
  width: Math.max(1, Math.floor(availableParallelism() / 2)),
  length: 200,
  patienceMs: 2500,
  words: '现在登录的人太多，请过一两秒再试。',
  ofOnePlace: 8,
  againAfterS: 1,
})

const derive = (password: string, salt: Buffer, logCost: number, waiter?: Waiter): Promise<Buffer> =>
  inTurn(() => {
    const options: ScryptOptions = { N: 2 ** logCost, r: 8, p: 1, maxmem: 2 ** logCost * 1024 * 2 }
    return new Promise((resolve, reject) =>
      scrypt(password.normalize('NFC'), salt, KEY_LENGTH, options, (error, key) =>
        error ? reject(error) : resolve(key),
      ),
    )
  }, waiter)

/** 'scrypt$cost$salt$key': the cost is kept so that it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, LOG_COST)
  return `scrypt$${LOG_COST}$${salt.toString('base64')}$${key.toString('base64')}`
}

/** Takes as long where there is no password as where it is wrong. */
export async function checkPassword(
  password: string,
  hash: string | null,
  waiter?: Waiter,
): Promise<boolean> {
  const [, cost = String(LOG_COST), salt = '', key = ''] = hash?.split('$') ?? []
  const derived = await derive(password, Buffer.from(salt, 'base64'), Number(cost), waiter)
  const expected = Buffer.from(key, 'base64')
  return expected.length === derived.length && timingSafeEqual(expected, derived)
}

export const newToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a token. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
