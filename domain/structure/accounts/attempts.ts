/** How often a door may be tried. The wait grows with every failure; nothing is ever locked for good. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { later, Refusal } from '../../../kernel/errors.ts'
import type { From, Steps } from '../../../kernel/route.ts'
import { BUSY } from '../../../kernel/turns.ts'

export interface Gate {
  /** Whose tries are counted here. Kept as a digest. */
  key: string
  /** Tries without a wait. */
  free: number
  /** Seconds at most. */
  longest: number
  /** Forgets everything when the right key turns; else only this try. */
  own: boolean
}

const MINUTE = 60
/** Of a place: its people share it with whoever guesses there, and are not to wait for that longer than this. */
const BREATH = 2

/**
 * Who guesses at one name from one place is slowed down first, and most. A place that tries many names, and a name that
 * many places try, are slowed down a little: an office behind one address, and the holder of the name with a new
 * browser, stand before the same gates. Guesses in the first hour and in each that follows: at one name from one place
 * 18 and 4, at one name 166 and 60, from one place 1,850 and 1,800, over all names together.
 */
export const gatesOfStranger = (username: string, { address }: From): Gate[] => {
  const place = placeOf(address)
  return [
    { key: `name ${username} from ${place}`, free: 5, longest: 15 * MINUTE, own: true },
    { key: `place ${place}`, free: 50, longest: BREATH, own: false },
    { key: `name ${username}`, free: 100, longest: MINUTE, own: false },
  ]
}

/** A browser from which this account was entered before has a gate to itself: no stranger makes it wait. */
export const gateOfDevice = (device: string, accountId: string): Gate => ({
  key: `device ${device} of ${accountId}`,
  free: 10,
  longest: 15 * MINUTE,
  own: true,
})

export const gateOfLinks = ({ address }: From): Gate => ({
  key: `links from ${placeOf(address)}`,
  free: 20,
  longest: 15 * MINUTE,
  own: false,
})

/** Whoever sits at an open session may not guess the password through it. */
export const gateOfPassword = (accountId: string): Gate => ({
  key: `password of ${accountId}`,
  free: 5,
  longest: 15 * MINUTE,
  own: true,
})

/** A machine owns all of a /64 network. */
export function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return plain.includes(':') ? expanded(plain).slice(0, 4).join(':') : plain
}

function expanded(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const groups = (text: string) => text.split(':').filter((one) => one !== '')
  const after = tail === undefined ? [] : groups(tail)
  const before = groups(head)
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
}

/**
 * Work behind gates. The try counts before its key is looked at, so that many at once are as slow as one after
 * another; it is taken back when the key was right.
 * @throws tooMany telling for how long to wait, in the same words whoever asks
 */
export async function behind<T>(steps: Steps, gates: Gate[], work: () => Promise<T>): Promise<T> {
  const keys = gates.map((gate) => ({ ...gate, key: steps.services.secrets.digest(gate.key) }))
  await steps.part((ctx) => countTry(ctx, keys))
  const result = await work().catch(async (error: unknown) => {
    // Nobody looked at the key: it was neither right nor wrong.
    if (error instanceof Refusal && error.code === BUSY) await steps.part((ctx) => uncount(ctx, keys))
    throw error
  })
  await steps.part((ctx) => takeBack(ctx, keys))
  return result
}

const FORGOTTEN = sql`interval '1 day'`

async function countTry(ctx: Context, gates: Gate[]): Promise<void> {
  const now = sql`${ctx.now}::timestamp`
  await sql`delete from attempt where last_at < ${now} - ${FORGOTTEN}`.execute(ctx.db)
  // In one order, so that two who try at once do not wait for each other.
  for (const { key, free, longest } of [...gates].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const { rows } = await sql`
      insert into attempt as a (key, failures, last_at, wait_until) values (${key}, 1, ${now}, ${now})
      on conflict (key) do update set failures = a.failures + 1, last_at = ${now},
        wait_until = ${now} + interval '1 second' * case when a.failures >= ${free}::int
          then least(${longest}::int, power(2, least(a.failures - ${free}::int, 20))) else 0 end
      where a.wait_until <= ${now} returning key`.execute(ctx.db)
    if (rows.length === 0) throw await wait(ctx, key)
  }
}

async function wait(ctx: Context, key: string) {
  const { rows } = await sql<{ seconds: number }>`
    select greatest(1, ceil(extract(epoch from wait_until - ${ctx.now}::timestamp)))::int as seconds
    from attempt where key = ${key}`.execute(ctx.db)
  const seconds = rows[0]?.seconds ?? 1
  const words = seconds < 90 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`
  return later(
    'tooMany',
    'wait',
    `错的次数太多了，请等 ${words}再试。以前登录过的电脑或手机不受影响；忘记密码请上级团组织的管理员发重设链接。`,
    seconds,
  )
}

async function takeBack(ctx: Context, gates: Gate[]): Promise<void> {
  const own = gates.filter((gate) => gate.own).map(({ key }) => key)
  await sql`delete from attempt where key = any(${own})`.execute(ctx.db)
  await uncount(
    ctx,
    gates.filter((gate) => !gate.own),
  )
}

/** Only this try. */
async function uncount(ctx: Context, gates: Gate[]): Promise<void> {
  await sql`update attempt set failures = greatest(0, failures - 1), wait_until = least(wait_until, ${ctx.now}::timestamp)
    where key = any(${gates.map(({ key }) => key)})`.execute(ctx.db)
}
