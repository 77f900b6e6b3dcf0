/** Words that anybody in the office would try first: the League's own, and those of the account and its organisations. */
import { pinyin } from 'pinyin-pro'

const LEAGUE = [
  '共青团 中国共青团 共青团员 团委 团支部 团总支 团工委 团员 团干 团干部 团支书 书记 副书记 委员 干事 管理员 系统管理员',
  '团县委 团市委 团省委 镇团委 乡团委 青年 青年之家 志愿者 志愿服务 少先队 三会两制一课 智慧团建 青年大学习 明账 台账',
  '我爱你 中国 中国人 北京 你好 密码 加油 平安 发财 县委 镇政府 办公室',
].flatMap((line) => line.split(' '))

const LATIN =
  'gqt tuanwei tzb zhtj mingzhang mzhang admin administrator root user test office league youth woaini iloveyou aini 520 1314 5201314 666 888 abc qwe asd zxc qaz wsx edc qwerty asdf zxcv'.split(
    ' ',
  )

export interface OfficeFacts {
  /** Names of people and organisations, in characters. */
  names: string[]
  /** User name, codes. */
  marks: string[]
}

/** In small letters, the longest first: each name whole and in parts, by characters, by pinyin and by initials. */
export function knownWords({ names, marks }: OfficeFacts): string[] {
  const words = [...LEAGUE, ...names].flatMap(formsOf)
  const plain = marks.map((mark) => mark.toLowerCase().replace(SIGNS, '')).filter((mark) => mark.length > 1)
  return [...new Set([...LATIN, ...plain, ...words])].sort((a, b) => b.length - a.length)
}

/** Everything but letters and digits: 青石-2024 is 青石2024. */
export const SIGNS = /[^\p{L}\p{N}]/gu

const LONGEST = 12

/** 城关镇: 城关镇, 城关, 关镇; chengguanzhen, chengguan, guanzhen; cgz, cg, gz. */
function formsOf(name: string): string[] {
  const letters = [...name.toLowerCase().replace(SIGNS, '')].slice(0, LONGEST * 2)
  const syllables = letters.map((one) => pinyin(one, { toneType: 'none', v: true }).replace(SIGNS, ''))
  // A surname reads as one: 单 shan, 曾 zeng.
  const asName = pinyin(letters.join(''), { toneType: 'none', type: 'array', surname: 'head', v: true })
  return [syllables, asName].flatMap((read) => [
    ...runs(letters),
    ...runs(read),
    ...runs(read.map((one) => one[0] ?? '')),
  ])
}

/** Every run of two and more, joined. */
function runs(parts: string[]): string[] {
  const found: string[] = []
  for (let from = 0; from < parts.length; from++)
    for (let to = from + 2; to <= Math.min(parts.length, from + LONGEST); to++)
      found.push(parts.slice(from, to).join(''))
  return found
}
