/** What fails beneath our code, in words: a full disk, a database that is away, values that no column can hold. */
import { later, Refusal } from './errors.ts'

const FULL = new Set(['53100', 'ENOSPC', 'EDQUOT'])
const AWAY = new Set(['53300', '57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
const AWAY_IN_WORDS = /connection terminated|connection ended|not queryable|Cannot use a pool/i
/** Of the pool, when nobody gives a connection back in time. */
const NO_CONNECTION =
  /^(timeout exceeded when trying to connect|Connection terminated due to connection timeout)$/
/** Serialization failures, deadlocks and locks that were not got in time. */
const BUSY = new Set(['40001', '40P01', '55P03'])
/** Data exceptions, a value that must not be missing or fails its check, a statement beyond the limits. */
const UNFIT = /^(22...|23502|23514|54...)$/
const TWICE = '23505'

/** Null for what is a fault of the program. */
export function refusalFor(error: unknown): Refusal | null {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (FULL.has(code)) return diskFull()
  if (NO_CONNECTION.test(message))
    return later('unavailable', 'busy', '现在使用的人太多，请过几秒再试。您填的内容没有丢。', 5)
  if (AWAY.has(code) || code.startsWith('08') || AWAY_IN_WORDS.test(message)) return databaseAway()
  if (BUSY.has(code))
    return new Refusal('unavailable', 'busy', '同时改动这里的人太多，这次没有保存。请过几秒再提交一次。')
  if (code === TWICE)
    return new Refusal('conflict', 'sameTime', '刚刚有人保存了同样的内容。请刷新，看过之后再决定要不要提交。')
  if (UNFIT.test(code))
    return new Refusal(
      'invalid',
      'data',
      '有的内容存不下，这次没有保存。请检查日期是否存在、数字是否过大、文字里有没有特殊符号，改正后再提交。',
    )
  return null
}

const diskFull = () =>
  new Refusal(
    'full',
    'diskFull',
    '服务器的磁盘已满，这次没有保存，您填的内容还在；已有的内容照常可以查看。请告诉管理员：删去或移走磁盘上不用的文件和旧备份，再提交一次。',
  )

const databaseAway = () =>
  new Refusal('unavailable', 'databaseAway', '数据库暂时连不上，正在自动恢复。请过几秒再试，重试不会记重。')
