/** Is a password one that a person, or a program with a list, would try early? */
import type { ZxcvbnFactory, ZxcvbnResult } from '@zxcvbn-ts/core'
import { invalid } from '../../../kernel/errors.ts'
import { knownWords, type OfficeFacts, SIGNS } from './knownWords.ts'

/** A long one is judged by its beginning: what follows only helps. */
const JUDGED = 40
/** So many guesses it must take by list, keyboard, date and repetition. */
const ENOUGH = 10 ** 7
/** And so many when all that the office knows is taken away: six letters that nobody can name. */
const ENOUGH_OWN = 10 ** 6 - 1

const HOW =
  '请另想一个：三四个互不相干的词连起来（拼音、英文都行），中间夹数字或符号，12 位以上；不要用单位、姓名、生日、电话、年份。'

/** @throws invalid `weakPassword` saying what is wrong with it and how to find a better one */
export async function checkStrength(password: string, facts: OfficeFacts): Promise<void> {
  const reason = await weakness(password, facts)
  if (reason)
    throw invalid('weakPassword', `${reason}，容易猜到。${HOW}`, [{ field: 'password', reason, remedy: HOW }])
}

async function weakness(password: string, facts: OfficeFacts): Promise<string | null> {
  const plain = password.normalize('NFKC').slice(0, JUDGED)
  if (/^[\d\s\p{P}]*$/u.test(plain)) return '这个密码只有数字和符号'
  const judge = await judgeOf()
  const whole = judge.check(plain)
  if (whole.guesses < ENOUGH) return inWords(whole)
  const { rest, taken } = withoutKnown(plain, knownWords(facts))
  if (taken && judge.check(rest).guesses < ENOUGH_OWN)
    return '这个密码去掉单位、姓名、账号、常用词和数字，剩不下几个字'
  return null
}

const PHONE = /1[3-9]\d{9}/g

/** What remains of a password for which one must know more than the office, and digits that follow what was taken. */
function withoutKnown(password: string, words: string[]): { rest: string; taken: boolean } {
  const plain = password.toLowerCase().replace(SIGNS, '')
  let rest = plain.replace(PHONE, ' ')
  for (const word of words) rest = rest.replaceAll(word, ' ')
  const taken = rest !== plain
  return { rest: taken ? rest.replace(/[\d\s]+/g, '') : rest, taken }
}

function inWords({ sequence }: ZxcvbnResult): string {
  const longest = [...sequence].sort((a, b) => b.token.length - a.token.length)[0]
  const said: Record<string, string> = {
    dictionary: '这个密码在常用密码的名单里，或只是在它后面加了几个字',
    spatial: '这个密码是键盘上挨着的几个键',
    repeat: '这个密码在重复同样的字',
    sequence: '这个密码是顺着数的字母或数字',
    date: '这个密码是日期',
    regex: '这个密码是年份',
  }
  return said[longest?.pattern ?? ''] ?? '这个密码太短、太简单'
}

let made: Promise<ZxcvbnFactory> | undefined

/** The list is large: read when first asked for. */
const judgeOf = (): Promise<ZxcvbnFactory> => {
  made ??= makeJudge()
  return made
}

async function makeJudge(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
}
